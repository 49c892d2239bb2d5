/** Whether a scan travels in its record or by claim check. */
@org.jspecify.annotations.NullMarked
package org.ctstream.publisher.claims;
