/** A scan's way as OpenTelemetry spans, carried from record to record and sent to a collector where one is given. */
@org.jspecify.annotations.NullMarked
package org.ctstream.service.tracing;
