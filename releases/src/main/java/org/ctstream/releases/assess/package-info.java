/** How candidates did in shadow, as published on {@code ct.model.assessed}, and what a promotion may ask of that. */
@org.jspecify.annotations.NullMarked
package org.ctstream.releases.assess;
