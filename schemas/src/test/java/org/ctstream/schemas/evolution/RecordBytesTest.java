package org.ctstream.schemas.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.schemas.Records;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The bytes of one record of each type, as first released. A difference here is a change of the wire format: intended
 * only together with an evolution of the schema, and then the new bytes belong in {@code record-bytes.properties}.
 */
class RecordBytesTest {
    @ParameterizedTest
    @EnumSource(Topic.class)
    void recordHasTheBytesItAlwaysHad(Topic topic) throws IOException {
        Map<String, String> configs = Map.of("schema.registry.url", "mock://record-bytes-" + topic);
        try (Serializer<SpecificRecord> serializer = Serializers.valueSerializer(configs)) {
            byte[] bytes = Objects.requireNonNull(serializer.serialize(topic.topicName(), Records.of(topic)));

            assertThat(HexFormat.of().formatHex(bytes))
                    .isEqualTo(pinned().getProperty(topic.schema().getName()));
        }
    }

    private static Properties pinned() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = RecordBytesTest.class.getResourceAsStream("/record-bytes.properties")) {
            properties.load(in);
        }
        return properties;
    }
}
