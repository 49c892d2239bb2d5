/** Tests of {@code ctstream model gate}. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.gate;
