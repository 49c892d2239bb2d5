/** Tests of {@code ctstream model quantize}. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.quantize;
