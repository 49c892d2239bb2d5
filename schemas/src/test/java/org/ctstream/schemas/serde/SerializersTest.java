package org.ctstream.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.ShortSerializer;
import org.ctstream.schemas.Records;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.schemas.topic.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SerializersTest {
    private static final Map<String, String> CONFIGS = Map.of("schema.registry.url", "mock://serializers-test");

    @ParameterizedTest
    @EnumSource(Topic.class)
    void recordsOfEveryTopicComeBackAsTheyWent(Topic topic) {
        SpecificRecord record = Records.of(topic);
        try (Serializer<SpecificRecord> serializer = Serializers.valueSerializer(CONFIGS);
                Deserializer<? extends SpecificRecord> deserializer =
                        Serializers.valueDeserializer(CONFIGS, topic.recordClass())) {
            byte[] bytes = serializer.serialize(topic.topicName(), record);
            assertThat(deserializer.deserialize(topic.topicName(), bytes)).isEqualTo(record);
        }
    }

    @Test
    void valuesAreReadFromWhereTheyLieInAFetchedBatch() {
        ScanReceived record = Records.received();
        try (Serializer<ScanReceived> serializer = Serializers.valueSerializer(CONFIGS);
                Deserializer<ScanReceived> deserializer = Serializers.valueDeserializer(CONFIGS, ScanReceived.class)) {
            byte[] bytes = serializer.serialize("t", record);
            ByteBuffer batch = ByteBuffer.allocate(bytes.length + 20);
            batch.position(7);
            batch.put(bytes);
            ByteBuffer slice = batch.duplicate().position(7).limit(7 + bytes.length);

            assertThat(deserializer.deserialize("t", new RecordHeaders(), slice))
                    .isEqualTo(record);
            assertThat(slice.remaining()).isEqualTo(bytes.length);

            ByteBuffer direct =
                    ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
            assertThat(deserializer.deserialize("t", new RecordHeaders(), direct))
                    .isEqualTo(record);
        }
    }

    @Test
    void aRecordOfAnotherTypeIsPoison() {
        try (Serializer<ScanReceived> serializer = Serializers.valueSerializer(CONFIGS);
                Deserializer<ScanClassified> deserializer =
                        Serializers.valueDeserializer(CONFIGS, ScanClassified.class)) {
            byte[] bytes = serializer.serialize("t", Records.received());

            assertThatExceptionOfType(SerializationException.class)
                    .isThrownBy(() -> deserializer.deserialize("t", bytes))
                    .withMessageContaining("ScanReceived")
                    .withMessageContaining("expected org.ctstream.schemas.avro.ScanClassified");
        }
    }

    @Test
    void nullIsATombstoneAndStaysNull() {
        try (Serializer<ScanReceived> serializer = Serializers.valueSerializer(CONFIGS);
                Deserializer<ScanReceived> deserializer = Serializers.valueDeserializer(CONFIGS, ScanReceived.class)) {
            assertThat(serializer.serialize("t", null)).isNull();
            assertThat(deserializer.deserialize("t", null)).isNull();
        }
    }

    @Test
    void theConfiguredClassWinsOverTheDefault() {
        Map<String, Object> configs = Map.of(
                "schema.registry.url", "mock://serializers-test", "value.serializer", ShortSerializer.class.getName());
        try (Serializer<ScanReceived> serializer = Serializers.valueSerializer(configs)) {
            // A class cast inside, as its own class would do: proof that it is the one in use.
            assertThatExceptionOfType(ClassCastException.class)
                    .isThrownBy(() -> serializer.serialize("t", Records.received()));
        }
    }

    @Test
    void aClassThatIsNotThereIsNamed() {
        Map<String, String> configs =
                Map.of("schema.registry.url", "mock://serializers-test", "value.serializer", "no.such.Serializer");

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> Serializers.valueSerializer(configs))
                .withMessageContaining("value.serializer")
                .withMessageContaining("no.such.Serializer");
    }

    @Test
    void settingsTheSerializerCannotHonourAreRefusedRatherThanIgnored() {
        for (Map<String, String> setting : List.of(
                Map.of("use.latest.version", "true"),
                Map.of("avro.remove.java.properties", "false"),
                Map.of("value.subject.name.strategy", "io.confluent.kafka.serializers.subject.RecordNameStrategy"))) {
            assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> new AvroSerdeConfig(setting));
        }
    }
}
