/** {@code ctstream model quantize}: an INT8 release out of a float one, if it is good enough. */
@org.jspecify.annotations.NullMarked
package org.ctstream.cli.quantize;
