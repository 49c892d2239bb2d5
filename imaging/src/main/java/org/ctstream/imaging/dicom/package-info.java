/** A bounded DICOM Part 10 reader for single-frame grey images, from file bytes to windowed grey slices. */
@org.jspecify.annotations.NullMarked
package org.ctstream.imaging.dicom;
