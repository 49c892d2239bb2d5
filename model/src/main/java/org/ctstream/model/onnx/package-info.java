/** Networks as ONNX files, made without any other tool. */
@org.jspecify.annotations.NullMarked
package org.ctstream.model.onnx;
