package org.ctstream.ingest;

import java.time.Clock;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.ingest.metrics.IngestMeter;
import org.ctstream.ingest.normalize.Identities;
import org.ctstream.ingest.normalize.ScanNormalizer;
import org.ctstream.ingest.topology.ScanPipeline;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.fetch.ClaimRoots;
import org.ctstream.service.fetch.PayloadReader;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.service.pseudonym.PseudonymKeys;

/** Joins the parts of a pipeline from the configuration. */
final class ScanPipelines {
    /** A thread waits for one read at a time; the other is one it gave up on and that has not returned yet. */
    private static final int READS_PER_THREAD = 2;

    private ScanPipelines() {}

    static PayloadReader payloads(ServiceConfig config) {
        var timeout = config.millis(IngestKeys.CLAIM_CHECK_TIMEOUT_MS);
        return new PayloadReader(
                ClaimRoots.of(config.list(IngestKeys.CLAIM_CHECK_ROOTS), timeout),
                config.integer(IngestKeys.DECODE_MAX_BYTES),
                timeout,
                READS_PER_THREAD * threads(config));
    }

    /** Threads of all lanes: reads that hang in one must leave room for the other's. */
    static int threads(ServiceConfig config) {
        return config.integer(IngestKeys.STREAM_THREADS) + config.integer(IngestKeys.STAT_STREAM_THREADS);
    }

    static ScanPipeline pipeline(ServiceConfig config, PayloadReader payloads, Metrics metrics, Clock clock) {
        var identities = new Identities(PseudonymKeys.pseudonyms("ingest", config), PseudonymKeys.siteZone(config));
        return new ScanPipeline(
                Serializers.valueDeserializer(config.serializers(), ScanReceived.class),
                Serializers.valueSerializer(config.serializers()),
                payloads,
                new ScanNormalizer(limits(config), identities, metrics.timer(IngestMeter.DECODE), clock),
                metrics.timer(IngestMeter.FETCH),
                metrics.tracing());
    }

    static DecodeLimits limits(ServiceConfig config) {
        int side = config.integer(IngestKeys.DECODE_MAX_SIDE);
        return new DecodeLimits(
                config.integer(IngestKeys.DECODE_MAX_BYTES),
                side,
                side,
                config.longInteger(IngestKeys.DECODE_MAX_PIXELS),
                config.millis(IngestKeys.DECODE_MAX_MS));
    }
}
