package org.ctstream.ingest.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.health.Health;
import org.junit.jupiter.api.Test;

/** What follows when something fails: another try, another thread, or the end. */
class FailureFateTest {
    private static final Duration SHORT = Duration.ofMillis(2);

    private final Stop stop = new Stop();
    private final ThreadFailures failures = new ThreadFailures(stop);
    private final TaskWatch watch =
            new TaskWatch(new Health(Clock.systemUTC(), Duration.ofMinutes(1)), Clock.systemUTC());

    @Test
    void retriableFailureGetsANewThread() {
        assertThat(failures.handle(new StreamsException(away())))
                .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
        assertThat(failures.fatal()).isEmpty();
    }

    @Test
    void transactionThatTimedOutDuringItsCommitGetsANewThread() {
        var refused = new StreamsException(
                "Error encountered trying to commit a transaction", new InvalidTxnStateException("invalid state"));

        assertThat(failures.handle(refused)).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
        assertThat(failures.fatal()).isEmpty();
    }

    @Test
    void retriableFailureWhileStoppingGetsNone() {
        stop.request();

        assertThat(failures.handle(away())).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
        assertThat(failures.fatal()).isEmpty();
    }

    @Test
    void missingRightsStopTheService() {
        var refused = new StreamsException(new TopicAuthorizationException("ct.scan.normalized"));

        assertThat(failures.handle(refused)).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
        assertThat(failures.fatal()).isPresent().get().isInstanceOf(FatalStageException.class);
    }

    @Test
    void workIsTriedUntilItSucceeds() {
        var attempts = new AtomicInteger();

        String result = retries(Duration.ofSeconds(30)).call("0_0", () -> {
            if (attempts.incrementAndGet() < 4) {
                throw away();
            }
            return "done";
        });

        assertThat(result).isEqualTo("done");
        assertThat(attempts).hasValue(4);
    }

    @Test
    void workThatFailsBeyondTheBoundIsGivenUpWithItsLastFailure() {
        assertThatThrownBy(() -> retries(Duration.ofMillis(20)).call("0_0", () -> {
                    throw away();
                }))
                .isInstanceOf(RetriableStageException.class);
    }

    @Test
    void stopEndsTheWaitAtOnce() {
        stop.request();
        var attempts = new AtomicInteger();

        assertThatThrownBy(() -> new Retries(watch, stop, Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(9))
                        .call("0_0", () -> {
                            attempts.incrementAndGet();
                            throw away();
                        }))
                .isInstanceOf(RetriableStageException.class);
        assertThat(attempts).hasValue(1);
    }

    private Retries retries(Duration bound) {
        return new Retries(watch, stop, SHORT, SHORT, bound);
    }

    private static RetriableStageException away() {
        return new RetriableStageException(Stage.FETCH, "the store is away", null);
    }
}
