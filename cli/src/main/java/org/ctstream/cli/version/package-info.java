/** Which versions are at work. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.version;
