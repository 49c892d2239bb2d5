/** Limits on what untrusted bytes may cost, and the one exception that says why bytes are no scan. */
@org.jspecify.annotations.NullMarked
package org.ctstream.imaging.bounds;
