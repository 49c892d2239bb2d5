/** Scans to publish, and what is known of those that were. */
@org.jspecify.annotations.NullMarked
package org.ctstream.reliability.load;
