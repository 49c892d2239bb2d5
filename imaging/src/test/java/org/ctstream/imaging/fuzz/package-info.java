/** What the fuzz targets of the decoders share. */
@org.jspecify.annotations.NullMarked
package org.ctstream.imaging.fuzz;
