package org.ctstream.model.engine.onnxruntime;

import java.nio.file.Path;

/**
 * Where TensorRT keeps what it has worked out. Both are there.
 *
 * @param engines of one network, for one device and version
 * @param timings of kernels, which every network of the same device, version and precision shares
 */
record CacheFolders(Path engines, Path timings) {}
