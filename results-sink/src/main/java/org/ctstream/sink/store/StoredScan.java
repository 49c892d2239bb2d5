package org.ctstream.sink.store;

import java.time.Instant;

/**
 * That a scan has a stored result: what a count needs, and nothing more.
 *
 * @param resultId identity of the result; at most one row has it
 */
public record StoredScan(String scanId, String modelName, String modelVersion, String resultId, Instant storedAt) {}
