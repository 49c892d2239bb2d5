package org.ctstream.schemas.serde;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The serializer classes this build uses unless a configuration names others. The build writes them into a resource:
 * ours in the plain build, Confluent's in profile {@code confluent}.
 *
 * @param valueSerializer class name of a {@link org.apache.kafka.common.serialization.Serializer}
 * @param valueDeserializer class name of a {@link org.apache.kafka.common.serialization.Deserializer}
 */
public record SerdeDefaults(String valueSerializer, String valueDeserializer) {
    private static final String RESOURCE = "serde-defaults.properties";

    public SerdeDefaults {
        requireClassName("value.serializer", valueSerializer);
        requireClassName("value.deserializer", valueDeserializer);
    }

    /** Reads the resource of this build. */
    public static SerdeDefaults load() {
        Properties properties = new Properties();
        try (InputStream in = SerdeDefaults.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("Cannot read the default serializers: " + RESOURCE
                        + " is not in the jar of schemas; rebuild it");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the default serializers from " + RESOURCE, e);
        }
        return new SerdeDefaults(
                properties.getProperty("value.serializer", ""), properties.getProperty("value.deserializer", ""));
    }

    private static void requireClassName(String key, String value) {
        if (!value.matches("[\\w$]+(\\.[\\w$]+)+")) {
            throw new IllegalArgumentException("Default " + key + " is '" + value
                    + "': expected a class name. Was the resource copied without Maven's filtering?");
        }
    }
}
