/** Which model releases there are and which is in production, as announced on {@code ct.model.released}. */
@org.jspecify.annotations.NullMarked
package org.ctstream.releases;
