/** Sheets of captioned slices as PNG, to look at what training sees. */
@org.jspecify.annotations.NullMarked
package org.ctstream.imaging.sheet;
