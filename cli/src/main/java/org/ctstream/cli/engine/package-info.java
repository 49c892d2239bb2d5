/** The command {@code engine}: which engines run here, whether they agree with the reference, and how fast they are. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.engine;
