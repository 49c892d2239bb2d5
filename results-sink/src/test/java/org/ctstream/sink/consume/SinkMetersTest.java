package org.ctstream.sink.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.sink.store.Classified;
import org.ctstream.sink.store.SampleResults;
import org.ctstream.sink.store.Stored;
import org.junit.jupiter.api.Test;

class SinkMetersTest {
    @Test
    void embeddingsThatAreNotStoredAreCounted() {
        List<Classified> added =
                Stream.of(1, 4096, 4097, 0).map(SinkMetersTest::withEmbeddingOf).toList();
        try (var metrics = new Metrics("test")) {
            new SinkMeters(metrics).inDatabase(new Stored(added, 0, List.of(), List.of(), SampleResults.RECEIVED));

            assertThat(metrics.registry()
                            .get("ctstream.embeddings.dropped")
                            .counter()
                            .count())
                    .isEqualTo(2);
        }
    }

    private static Classified withEmbeddingOf(int bytes) {
        ScanClassified result = SampleResults.result("scan-" + bytes, Label.NEGATIVE);
        result.setEmbedding(ByteBuffer.allocate(bytes));
        return new Classified(new ConsumerRecord<>(SampleResults.TOPIC, 0, bytes, new byte[0], new byte[0]), result);
    }
}
