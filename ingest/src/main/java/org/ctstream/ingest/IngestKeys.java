package org.ctstream.ingest;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.fetch.ClaimRoots;
import org.ctstream.service.pseudonym.PseudonymKeys;

/** The ingest service's own configuration keys. */
public final class IngestKeys {
    public static final String APPLICATION_ID = "application.id";
    public static final String STREAM_THREADS = "num.stream.threads";
    public static final String STAT_STREAM_THREADS = "stat.stream.threads";
    public static final String COMMIT_INTERVAL_MS = "commit.interval.ms";
    public static final String RETRY_MAX_MS = "retry.max.ms";
    public static final String CLAIM_CHECK_ROOTS = "claim.check.roots";
    public static final String CLAIM_CHECK_TIMEOUT_MS = "claim.check.timeout.ms";
    public static final String DECODE_MAX_BYTES = "decode.max.bytes";
    public static final String DECODE_MAX_PIXELS = "decode.max.pixels";
    public static final String DECODE_MAX_SIDE = "decode.max.side";
    public static final String DECODE_MAX_MS = "decode.max.ms";

    private static final int DEFAULT_HTTP_PORT = 8090;

    /** More threads than this only pay where decoding is the bottleneck, and each may need a decode's memory. */
    private static final int DEFAULT_THREADS = 2;

    /** Kafka's {@code max.poll.interval.ms} is 5 minutes; fetch and decode need their share of it. */
    private static final long MAX_RETRY_MS = 180_000;

    private IngestKeys() {}

    public static ConfigDef def() {
        ConfigDef def = CommonKeys.def(DEFAULT_HTTP_PORT);
        defineStreams(def);
        defineClaimChecks(def);
        defineDecoding(def);
        return PseudonymKeys.define(def);
    }

    private static void defineStreams(ConfigDef def) {
        def.define(
                        APPLICATION_ID,
                        Type.STRING,
                        "ctstream-ingest",
                        new ConfigDef.NonEmptyString(),
                        Importance.MEDIUM,
                        "Kafka Streams application: consumer group and prefix of the transactional ids. That of the STAT lane "
                                + "has \"-stat\" after it.")
                .define(
                        STREAM_THREADS,
                        Type.INT,
                        DEFAULT_THREADS,
                        Range.between(1, 64),
                        Importance.HIGH,
                        "Threads that decode scans. Each may hold one scan's encoded bytes and 10 bytes per pixel.")
                .define(
                        STAT_STREAM_THREADS,
                        Type.INT,
                        1,
                        Range.between(1, 64),
                        Importance.MEDIUM,
                        "Threads that decode STAT scans and no others, so that these never wait behind ROUTINE ones.")
                .define(
                        COMMIT_INTERVAL_MS,
                        Type.LONG,
                        250L,
                        Range.between(1, 5_000),
                        Importance.MEDIUM,
                        "How long a normalized scan may wait under load for its transaction to commit, which is when "
                                + "workers see it. A scan that comes after nothing was to be done for 25 ms is "
                                + "committed at once. A STAT scan waits 25 ms at most.")
                .define(
                        RETRY_MAX_MS,
                        Type.LONG,
                        60_000L,
                        Range.between(0, MAX_RETRY_MS),
                        Importance.LOW,
                        "How long a thread tries again while a claim-check store or the schema registry is away, "
                                + "before another thread takes over at the same scan. Nothing is given up either way.");
    }

    private static void defineClaimChecks(ConfigDef def) {
        def.define(
                        CLAIM_CHECK_ROOTS,
                        Type.LIST,
                        "",
                        ClaimRoots.validator(),
                        Importance.HIGH,
                        "Folders that claim checks may point into, as file:, http:, https: or s3: URIs, "
                                + "comma-separated. None by default: every claim check then becomes a dead letter. "
                                + "Put a file: root below the mount point, so that an unmounted share is seen as away.")
                .define(
                        CLAIM_CHECK_TIMEOUT_MS,
                        Type.LONG,
                        10_000L,
                        Range.between(1, 60_000),
                        Importance.LOW,
                        "Longest time to read one claim check before the store counts as away.");
    }

    private static void defineDecoding(ConfigDef def) {
        DecodeLimits defaults = DecodeLimits.DEFAULTS;
        def.define(
                        DECODE_MAX_BYTES,
                        Type.INT,
                        Math.toIntExact(defaults.maxEncodedBytes()),
                        Range.between(1, 1 << 30),
                        Importance.MEDIUM,
                        "Most encoded bytes of one scan, inline or by claim check.")
                .define(
                        DECODE_MAX_PIXELS,
                        Type.LONG,
                        defaults.maxPixels(),
                        Range.atLeast(1),
                        Importance.MEDIUM,
                        "Most pixels (rows x columns) of one scan; a decode takes up to 10 bytes for each.")
                .define(
                        DECODE_MAX_SIDE,
                        Type.INT,
                        Math.max(defaults.maxWidth(), defaults.maxHeight()),
                        Range.atLeast(1),
                        Importance.LOW,
                        "Most rows, and most columns, of one scan.")
                .define(
                        DECODE_MAX_MS,
                        Type.LONG,
                        defaults.maxDecodeTime().toMillis(),
                        Range.between(1, 60_000),
                        Importance.LOW,
                        "Longest time one scan may take to decode.");
    }
}
