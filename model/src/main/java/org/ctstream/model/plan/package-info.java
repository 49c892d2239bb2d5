/** Plans: networks that TensorRT has compiled for one GPU, kept beside the release they were made from. */
@org.jspecify.annotations.NullMarked
package org.ctstream.model.plan;
