/** Tests of {@code ctstream evaluate}. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.evaluate;
