/** Keeping scans that are too large for a record, for their claim checks. */
@org.jspecify.annotations.NullMarked
package org.ctstream.service.claims;
