/** Grey 8-bit slices and their normalisation to the network's geometry. */
@org.jspecify.annotations.NullMarked
package org.ctstream.imaging.slice;
