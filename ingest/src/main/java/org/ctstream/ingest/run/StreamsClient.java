package org.ctstream.ingest.run;

import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.ctstream.service.health.Health;
import org.ctstream.service.metrics.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Kafka Streams application and its state, which health is told of. For one life. */
final class StreamsClient {
    private static final Logger log = LoggerFactory.getLogger(StreamsClient.class);

    private final String condition;
    private final Health health;
    private final KafkaStreams streams;
    private final KafkaStreamsMetrics meters;
    private volatile State state = State.CREATED;

    StreamsClient(StreamsPart part, Health health, ThreadFailures failures) {
        this.condition = part.condition();
        this.health = health;
        health.notReady(condition, State.CREATED.name());
        this.streams = new KafkaStreams(part.topology(), part.settings());
        this.meters = new KafkaStreamsMetrics(streams);
        streams.setUncaughtExceptionHandler(failures);
        streams.setStateListener((now, before) -> report(now));
    }

    void start(Metrics metrics) {
        metrics.bind(meters);
        streams.start();
    }

    /** True once it ends, for whatever reason. */
    boolean isEnding() {
        return state.hasStartedOrFinishedShuttingDown();
    }

    @Override
    public String toString() {
        return condition + " " + state;
    }

    /** Finishes and commits what is in hand and leaves the group, so that others take over at once. */
    void close(Duration timeout) {
        boolean closed = streams.close(CloseOptions.timeout(timeout)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        meters.close();
        if (!closed) {
            log.atWarn()
                    .addKeyValue("application", condition)
                    .addKeyValue("drainTimeoutMs", timeout.toMillis())
                    .log("Kafka Streams did not close in time; its transaction times out and is done again");
        }
    }

    private void report(State now) {
        state = now;
        if (now == State.RUNNING) {
            health.ready(condition);
        } else {
            health.notReady(condition, now.name());
        }
        log.atInfo()
                .addKeyValue("application", condition)
                .addKeyValue("state", now)
                .log("Kafka Streams changed state");
    }
}
