/** The launcher script. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.launcher;
