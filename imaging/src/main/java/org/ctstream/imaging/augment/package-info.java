/** Seeded random changes of slices for training: crop, flips, rotation, tone, smoothing and erasing. */
@org.jspecify.annotations.NullMarked
package org.ctstream.imaging.augment;
