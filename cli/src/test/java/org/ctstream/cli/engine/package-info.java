/** Tests of the command {@code engine}. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.engine;
