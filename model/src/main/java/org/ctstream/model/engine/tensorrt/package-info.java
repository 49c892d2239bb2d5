/** The engine tensorrt: networks compiled for one NVIDIA GPU, run by DJL's TensorRT engine. Not yet run on hardware. */
@org.jspecify.annotations.NullMarked
package org.ctstream.model.engine.tensorrt;
