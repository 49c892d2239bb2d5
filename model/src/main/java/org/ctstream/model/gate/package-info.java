/** Whether a slice looks like a chest CT slice at all: coarse features and their distance to slices that are. */
@org.jspecify.annotations.NullMarked
package org.ctstream.model.gate;
