/** The commands about alerts. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.alerts;
