/** Graphs whose convolutions compute in 8-bit integers, from the ranges that calibration measured. */
@org.jspecify.annotations.NullMarked
package org.ctstream.model.graph.quantized;
