package org.ctstream.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Map;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.schemas.registry.RegistryAccessException;
import org.ctstream.schemas.registry.RegistryUnavailableException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ForeignErrorsTest {
    @Test
    void registryThatCannotBeReachedIsRetriableAlthoughConfluentSaysSerialization() {
        var failure = new SerializationException("Error retrieving schema", new ConnectException("refused"));

        assertThat(ForeignErrors.ofReading("t", failure)).isInstanceOf(RegistryUnavailableException.class);
        assertThat(ForeignErrors.ofWriting("t", failure)).isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void serverErrorOfTheRegistryIsRetriable() {
        var failure = new SerializationException(
                "Error retrieving schema", new IOException("Error in the backend; error code: 50001"));

        assertThat(ForeignErrors.ofReading("t", failure)).isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void unknownSchemaIdIsPoisonWhenReadAndAFaultOfTheDeploymentWhenWritten() {
        var failure = new InvalidConfigurationException("Schema 99 not found; error code: 40403");

        assertThat(ForeignErrors.ofReading("t", failure)).isInstanceOf(SerializationException.class);
        assertThat(ForeignErrors.ofWriting("t", failure)).isSameAs(failure);
    }

    @Test
    void notFoundThatIsNotTheRegistrysOwnIsRetriableWhenRead() {
        for (String code : new String[] {"404", "40401", "301", "50005"}) {
            var failure = new InvalidConfigurationException("Not Found; error code: " + code);

            assertThat(ForeignErrors.ofReading("t", failure)).as(code).isInstanceOf(RegistryUnavailableException.class);
        }
    }

    @Test
    void refusedCredentialsAreNeitherPoisonNorRetriable() {
        var failure = new InvalidConfigurationException("Unauthorized; error code: 401");

        assertThat(ForeignErrors.ofReading("t", failure)).isInstanceOf(RegistryAccessException.class);
    }

    @Test
    void truncatedValueStaysPoison() {
        var failure = new SerializationException("Error deserializing Avro message for id 1", new EOFException());

        assertThat(ForeignErrors.ofReading("t", failure)).isSameAs(failure);
    }

    @Test
    void configuredForeignDeserializerHasItsErrorsSorted() {
        Map<String, Object> configs = Map.of(
                "schema.registry.url", "mock://foreign", "value.deserializer", UnreachableRegistry.class.getName());
        try (Deserializer<ScanReceived> deserializer = Serializers.valueDeserializer(configs, ScanReceived.class)) {
            assertThatExceptionOfType(RetriableException.class)
                    .isThrownBy(() -> deserializer.deserialize("t", new byte[] {0, 0, 0, 0, 1}));
        }
    }

    /** Fails as Confluent's deserializer does while the registry is down. */
    public static final class UnreachableRegistry implements Deserializer<Object> {
        @Override
        public @Nullable Object deserialize(String topic, byte @Nullable [] data) {
            throw new SerializationException("Error retrieving schema", new ConnectException("refused"));
        }
    }
}
