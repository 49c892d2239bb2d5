/** Seeded synthetic chest CT slices, with and without ground-glass opacities, for demos and tests. */
@org.jspecify.annotations.NullMarked
package org.ctstream.imaging.phantom;
