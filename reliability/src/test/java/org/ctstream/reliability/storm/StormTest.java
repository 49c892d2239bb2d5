package org.ctstream.reliability.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.ctstream.cli.stack.StackListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
class StormTest {
    private final AtomicInteger brokersDown = new AtomicInteger();
    private final AtomicInteger mostBrokersDown = new AtomicInteger();
    private final AtomicInteger others = new AtomicInteger();
    private final List<SleepingVictim> victims = Stream.concat(
                    Stream.of("worker", "worker", "ingest", "sink")
                            .map(kind -> new SleepingVictim(kind, others, new AtomicInteger())),
                    Stream.generate(() -> new SleepingVictim("broker", brokersDown, mostBrokersDown))
                            .limit(3))
            .toList();

    @TempDir
    private Path folder;

    @AfterEach
    void endAll() {
        victims.forEach(SleepingVictim::close);
    }

    @Test
    void eachKindIsStruckBeforeAnyIsStruckAgainOneBrokerAtATimeAndAllAreUpInTheEnd() {
        Path log = folder.resolve("storm.log");
        try (var storm = new Storm(List.copyOf(victims), plan(), 7, log, new Silent())) {
            storm.begin();
            await().atMost(Duration.ofSeconds(40)).until(() -> storm.tally().blows() > 11);
            storm.end();

            assertThat(storm.tally().kills("worker")).isPositive();
            assertThat(storm.tally().kills("ingest")).isPositive();
            assertThat(storm.tally().kills("sink")).isPositive();
            assertThat(storm.tally().kills("broker")).isPositive();
        }
        assertThat(mostBrokersDown).hasValue(1);
        assertThat(victims).allMatch(SleepingVictim::isUp);
        assertThat(firstFour(log)).containsExactlyInAnyOrder("worker", "ingest", "sink", "broker");
    }

    private static List<String> firstFour(Path log) {
        return contentOf(log.toFile())
                .lines()
                .filter(line -> line.contains("kill -9 "))
                .map(line -> line.replaceFirst(".*kill -9 ([a-z]+)-.*", "$1"))
                .limit(4)
                .toList();
    }

    private static StormPlan plan() {
        return CommandLine.populateCommand(new StormPlan(), "--strike-every-ms", "200", "--down-ms", "300");
    }

    private static final class Silent implements StackListener {
        @Override
        public void step(String text) {
            // Nobody watches.
        }

        @Override
        public void trouble(String text) {
            throw new AssertionError(text);
        }
    }
}
