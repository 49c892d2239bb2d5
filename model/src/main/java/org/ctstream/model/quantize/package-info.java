/** INT8 releases out of float ones: calibration, and whether what came out is good enough. */
@org.jspecify.annotations.NullMarked
package org.ctstream.model.quantize;
