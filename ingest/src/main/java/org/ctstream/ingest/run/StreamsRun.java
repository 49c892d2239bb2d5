package org.ctstream.ingest.run;

import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.Topology;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.health.Health;
import org.ctstream.service.metrics.Metrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of a topology: start, watch, close. Alive means that Streams runs or rebalances and that no task has been
 * still for longer than the liveness bound; ready means that Streams is RUNNING. For one run.
 */
public final class StreamsRun {
    private static final Logger log = LoggerFactory.getLogger(StreamsRun.class);
    private static final String CONDITION = "kafka";
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Health health;
    private final TaskWatch watch;
    private final Stop stop;
    private final ThreadFailures failures;
    private final Duration livenessBound;
    private final Duration drain;
    private volatile State state = State.CREATED;

    /**
     * @param livenessBound longest time a task may be busy with one record
     * @param drain longest time the close may take to finish and commit what is in hand
     */
    public StreamsRun(Health health, TaskWatch watch, Stop stop, Duration livenessBound, Duration drain) {
        this.health = health;
        this.watch = watch;
        this.stop = stop;
        this.failures = new ThreadFailures(stop);
        this.livenessBound = livenessBound;
        this.drain = drain;
    }

    /**
     * Runs until the stop, then closes and leaves the group, so that others take over at once.
     *
     * @throws FatalStageException if a thread died of something only a person can mend
     */
    public void run(Topology topology, Properties settings, Metrics metrics) {
        health.notReady(CONDITION, State.CREATED.name());
        // Not a resource of the try: that would close it a second time, and then without a bound.
        var streams = new KafkaStreams(topology, settings);
        try (var meters = new KafkaStreamsMetrics(streams)) {
            streams.setUncaughtExceptionHandler(failures);
            streams.setStateListener((now, before) -> {
                state = now;
                report(now);
            });
            metrics.bind(meters);
            streams.start();
            watchUntilOver();
        } finally {
            close(streams);
        }
        failures.fatal().ifPresent(failure -> {
            throw failure;
        });
        if (!stop.isRequested()) {
            throw new FatalStageException(
                    Stage.NORMALIZE, "Kafka Streams stopped in state " + state + " without being asked to", null);
        }
    }

    private void watchUntilOver() {
        do {
            if (state.hasStartedOrFinishedShuttingDown()) {
                return;
            }
            watch.forgetThoseGone();
            if (watch.allMovedWithin(livenessBound)) {
                health.signOfLife();
            }
        } while (!stop.await(LOOK));
    }

    private void report(State now) {
        if (now == State.RUNNING) {
            health.ready(CONDITION);
        } else {
            health.notReady(CONDITION, now.name());
        }
        log.atInfo().addKeyValue("state", now).log("Kafka Streams changed state");
    }

    private void close(KafkaStreams streams) {
        boolean closed = streams.close(CloseOptions.timeout(drain)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        if (!closed) {
            log.atWarn()
                    .addKeyValue("drainTimeoutMs", drain.toMillis())
                    .log("Kafka Streams did not close in time; its transaction times out and is done again");
        }
    }
}
