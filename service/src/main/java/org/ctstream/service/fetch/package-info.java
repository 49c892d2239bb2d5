/** A scan's encoded bytes, from the record itself or from a claim check under the configured roots. */
@org.jspecify.annotations.NullMarked
package org.ctstream.service.fetch;
