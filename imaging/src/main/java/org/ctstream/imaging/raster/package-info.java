/** PNG, JPEG, TIFF and BMP to grey slices: own header checks in front of ImageIO's codecs and of a reader of plain PNGs. */
@org.jspecify.annotations.NullMarked
package org.ctstream.imaging.raster;
