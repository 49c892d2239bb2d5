/** The entry: encoded bytes in, slice, format and DICOM identity out. */
@org.jspecify.annotations.NullMarked
package org.ctstream.imaging.decode;
