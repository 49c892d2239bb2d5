package org.ctstream.reliability.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadingTest {
    private static final String PAGE = """
            # HELP jvm_buffer_memory_used_bytes An estimate
            # TYPE jvm_buffer_memory_used_bytes gauge
            jvm_buffer_memory_used_bytes{id="direct",service="worker"} 2097152.0
            jvm_buffer_memory_used_bytes{id="mapped",service="worker"} 5.0

            process_uptime_seconds{service="worker"} 3.5
            jvm_gc_pause_seconds_count{action="end of major GC",service="worker"} 1
            """;

    @Test
    void directMemoryIsThatOfDirectBuffersAlone() {
        assertThat(Reading.direct(PAGE)).isEqualTo(2 << 20);
    }

    @Test
    void metersAreTheLinesThatCarryAValueButForCollectionsOfGarbage() {
        assertThat(Reading.samples(PAGE)).isEqualTo(3);
    }

    @Test
    void aHandfulOfThreadsMoreIsFlatAndAFewMegabytesOfAFewHundredToo() {
        assertThat(Holding.THREADS.allowed(40)).isEqualTo(2);
        assertThat(Holding.RSS.allowed(100)).isEqualTo(16);
        assertThat(Holding.RSS.allowed(1_000)).isEqualTo(50);
    }
}
