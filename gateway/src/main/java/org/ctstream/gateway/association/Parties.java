package org.ctstream.gateway.association;

import org.ctstream.schemas.avro.Priority;

/**
 * Who calls, and what that makes of its scans.
 *
 * @param calling travels with every scan as its source
 */
record Parties(AeTitle calling, Priority priority) {}
