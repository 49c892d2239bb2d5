/**
 * Networks as ONNX graphs on ONNX Runtime through DJL, on processors, CUDA and TensorRT; runs of the network share one
 * session and with it one copy of the weights.
 */
@org.jspecify.annotations.NullMarked
package org.ctstream.model.engine.onnxruntime;
