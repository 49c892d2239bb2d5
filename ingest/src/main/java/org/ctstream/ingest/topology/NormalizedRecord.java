package org.ctstream.ingest.topology;

import org.apache.kafka.common.header.Headers;
import org.ctstream.schemas.topic.Lane;

/**
 * What the topology forwards for one good scan; made and read within one call, so the array is shared.
 *
 * @param lane of the scan's priority
 * @param scanId for logs
 * @param value the normalized scan as the configured serializer writes it
 * @param headers CloudEvents attributes and the trace of the received record
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record NormalizedRecord(Lane lane, String scanId, byte[] value, Headers headers) {}
