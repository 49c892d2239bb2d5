package org.ctstream.trainer.dataset;

import org.ctstream.imaging.slice.GreySlice;

/**
 * A slice at the side asked for, and the geometry it had.
 *
 * @param sourceHeight rows of the image as decoded
 * @param sourceWidth columns of the image as decoded
 */
record SourceSlice(GreySlice slice, int sourceHeight, int sourceWidth) {}
