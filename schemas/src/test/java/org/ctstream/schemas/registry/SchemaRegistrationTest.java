package org.ctstream.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.apache.avro.Schema;
import org.ctstream.schemas.Records;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaRegistrationTest {
    @Test
    void everySchemaIsRegisteredOnceHoweverOftenItIsDone() {
        Map<String, String> configs = Map.of("schema.registry.url", "mock://registration");
        InMemorySchemaRegistry registry = InMemorySchemaRegistry.ofScope("registration");

        Map<String, Integer> first = SchemaRegistration.of(configs).registerAll();
        Map<String, Integer> second = SchemaRegistration.of(configs).registerAll();

        assertThat(second).isEqualTo(first).hasSize(Topic.values().length);
        for (Topic topic : Topic.values()) {
            assertThat(registry.versionsOf(topic.valueSubject())).hasSize(1);
            assertThat(registry.compatibilityOf(topic.valueSubject())).isEqualTo(Compatibility.BACKWARD_TRANSITIVE);
        }
    }

    @Test
    void serializerWithoutAutoRegistrationFindsWhatWasRegisteredAndNothingElse() {
        Map<String, String> configs =
                Map.of("schema.registry.url", "mock://registered", "auto.register.schemas", "false");
        try (var serializer = Serializers.valueSerializer(configs)) {
            assertThatExceptionOfType(SchemaRejectedException.class)
                    .isThrownBy(() -> serializer.serialize("ct.scan.received", Records.received()));

            SchemaRegistration.of(configs).registerAll();

            assertThat(serializer.serialize("ct.scan.received", Records.received()))
                    .isNotNull();
        }
    }

    @Test
    void registrationWithARegistryThatIsAwayIsRetriable() {
        try (StubRegistry stub = new StubRegistry(StubRegistry.json(503, ""))) {
            SchemaRegistration registration =
                    SchemaRegistration.of(Map.of("schema.registry.url", stub.url(), "max.retries", "0"));

            assertThatExceptionOfType(RegistryUnavailableException.class).isThrownBy(registration::registerAll);
        }
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void registeredTextIsWhatAvroPrintsOfItselfWithoutJavaProperties(Topic topic) {
        String text = SchemaText.of(topic.schema());

        assertThat(text).doesNotContain("avro.java.string");
        assertThat(new Schema.Parser().parse(text).toString()).isEqualTo(text);
        assertThat(SchemaText.of(new Schema.Parser().parse(text))).isEqualTo(text);
    }
}
