package org.ctstream.schemas.topic;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ctstream.schemas.avro.Priority;

/**
 * One of the two ways through the stream: scans on {@link #STAT} do not wait behind those on {@link #ROUTINE}. Each lane
 * has a topic of its own up to the inference workers; results share one.
 *
 * <p>A publisher chooses the topic by the scan's priority. Ingest goes by the priority again, so that a scan on the wrong
 * topic is on the right one from there.
 */
public enum Lane {
    /** Scans that wait their turn. */
    ROUTINE(Topic.SCAN_RECEIVED, Topic.SCAN_NORMALIZED),
    /** Scans that are done next. */
    STAT(Topic.SCAN_RECEIVED_STAT, Topic.SCAN_NORMALIZED_STAT);

    private static final Map<String, Lane> BY_TOPIC = Arrays.stream(values())
            .flatMap(lane -> Stream.of(Map.entry(lane.received, lane), Map.entry(lane.normalized, lane)))
            .collect(Collectors.toUnmodifiableMap(entry -> entry.getKey().topicName(), Map.Entry::getValue));

    private final Topic received;
    private final Topic normalized;

    Lane(Topic received, Topic normalized) {
        this.received = received;
        this.normalized = normalized;
    }

    /** The lane of scans of this priority. */
    public static Lane of(Priority priority) {
        return switch (priority) {
            case ROUTINE -> ROUTINE;
            case STAT -> STAT;
        };
    }

    /** The lane a topic belongs to; empty for topics all scans share. */
    public static Optional<Lane> ofTopic(String topicName) {
        return Optional.ofNullable(BY_TOPIC.get(topicName));
    }

    /** Where the lane's scans are published. */
    public Topic received() {
        return received;
    }

    /** Where ingest writes the lane's scans and the workers read them. */
    public Topic normalized() {
        return normalized;
    }

    /** The lane's name in meters, logs and client ids. */
    public String word() {
        return this == STAT ? "stat" : "routine";
    }
}
