/** How events of the log are written. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.logging;
