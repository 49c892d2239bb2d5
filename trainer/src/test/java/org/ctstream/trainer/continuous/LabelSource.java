package org.ctstream.trainer.continuous;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.embedded.EmbeddedStack;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.ctstream.schemas.avro.InlinePayload;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.ScanLabeled;
import org.ctstream.schemas.avro.Split;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;

/** Publishes labelled phantoms; the even ones are positive. */
final class LabelSource implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final Serializer<ScanLabeled> serializer;

    LabelSource(EmbeddedStack stack) {
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.bootstrapServers(), "enable.idempotence", true),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.serializer = Serializers.valueSerializer(Map.of("schema.registry.url", stack.registryUrl()));
    }

    /** Publishes the phantoms with these numbers, from inclusive to exclusive. */
    void publish(int from, int to, Split split) throws Exception {
        String topic = Topic.SCAN_LABELED.topicName();
        for (int i = from; i < to; i++) {
            String scanId = "scan-" + i;
            ScanLabeled label = ScanLabeled.newBuilder()
                    .setScanId(scanId)
                    .setImage(new InlinePayload(ByteBuffer.wrap(
                            new PhantomSlices(96).generate(i, i % 2 == 0).toPng())))
                    .setLabel(i % 2 == 0 ? Label.POSITIVE : Label.NEGATIVE)
                    .setSplit(split)
                    .setLabelledBy("reader-1")
                    .setLabelledAt(Instant.ofEpochMilli(1_700_000_000_000L + i))
                    .setOrigin("it")
                    .build();
            producer.send(new ProducerRecord<>(topic, scanId.getBytes(UTF_8), serializer.serialize(topic, label)))
                    .get();
        }
    }

    @Override
    public void close() {
        producer.close();
        serializer.close();
    }
}
