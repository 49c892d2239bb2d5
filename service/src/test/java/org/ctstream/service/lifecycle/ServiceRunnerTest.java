package org.ctstream.service.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;
import org.junit.jupiter.api.Test;

class ServiceRunnerTest {
    @Test
    void serviceThatReturnsEndsWithZeroAndIsClosed() {
        var service = new RecordingService(() -> {});

        assertThat(ServiceRunner.run(service, Duration.ofSeconds(1))).isEqualTo(ServiceRunner.EXIT_OK);
        assertThat(service.closed).isTrue();
    }

    @Test
    void fatalFailureEndsWithOneAndIsClosed() {
        var service = new RecordingService(() -> {
            throw new FatalStageException(Stage.CLASSIFY, "no rights", null);
        });

        assertThat(ServiceRunner.run(service, Duration.ofSeconds(1))).isEqualTo(ServiceRunner.EXIT_FATAL);
        assertThat(service.closed).isTrue();
    }

    private static final class RecordingService implements StreamService {
        private final Runnable work;
        private boolean closed;

        RecordingService(Runnable work) {
            this.work = work;
        }

        @Override
        public String name() {
            return "recording";
        }

        @Override
        public void run() {
            work.run();
        }

        @Override
        public void requestStop() {}

        @Override
        public void close() {
            closed = true;
        }
    }
}
