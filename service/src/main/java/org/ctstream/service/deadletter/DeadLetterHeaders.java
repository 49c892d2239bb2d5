package org.ctstream.service.deadletter;

/**
 * Names of the headers a dead letter carries beside those of the original record.
 *
 * <p>The first six are the names Kafka Streams gives its own dead letters (KIP-1034), so that one reader understands
 * both; the others are ours. All values are UTF-8 text.
 */
public final class DeadLetterHeaders {
    public static final String PREFIX = "__streams.errors.";
    public static final String EXCEPTION = PREFIX + "exception";
    public static final String MESSAGE = PREFIX + "message";
    public static final String STACKTRACE = PREFIX + "stacktrace";
    public static final String TOPIC = PREFIX + "topic";
    public static final String PARTITION = PREFIX + "partition";
    public static final String OFFSET = PREFIX + "offset";
    public static final String STAGE = PREFIX + "stage";
    /** Short stable code of the cause; dead letters are grouped by it. */
    public static final String REASON = PREFIX + "reason";

    public static final String FIELD = PREFIX + "field";
    public static final String REMEDY = PREFIX + "remedy";
    public static final String ATTEMPTS = PREFIX + "attempts";
    /** Set where value or original headers were too large to carry: how large they were. The original is at topic, partition and offset. */
    public static final String OMITTED = PREFIX + "omitted";

    /** How often this record has been redriven from a dead-letter topic; guards against loops. */
    public static final String REDRIVES = "ctstream.redrives";

    private DeadLetterHeaders() {}
}
