package org.ctstream.schemas.serde;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Makes the serializers a configuration names with {@code value.serializer} and {@code value.deserializer}, or this
 * build's default ({@link SerdeDefaults}), configured for generated classes. Whatever class it is, its errors have the
 * types {@link AvroSerializer} and {@link AvroDeserializer} document.
 */
public final class Serializers {
    private Serializers() {}

    /** A configured serializer of values. */
    public static <T extends SpecificRecord> Serializer<T> valueSerializer(Map<String, ?> configs) {
        Map<String, Object> all = withDefaults(configs);
        @SuppressWarnings("unchecked") // Avro serializers take any record.
        Serializer<T> serializer = create(all, ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, Serializer.class);
        serializer.configure(all, false);
        return isOurs(serializer) ? serializer : new ForeignSerializer<>(serializer);
    }

    /** A configured deserializer of values of one type; values of another are poison. */
    public static <T extends SpecificRecord> Deserializer<T> valueDeserializer(Map<String, ?> configs, Class<T> type) {
        Map<String, Object> all = withDefaults(configs);
        @SuppressWarnings("unchecked") // Checked by TypedDeserializer, value by value.
        Deserializer<Object> deserializer =
                create(all, ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, Deserializer.class);
        deserializer.configure(all, false);
        return new TypedDeserializer<>(
                isOurs(deserializer) ? deserializer : new ForeignDeserializer(deserializer), type);
    }

    /**
     * The configuration with the serializer classes filled in where it names none, and with the settings ctstream
     * always wants: generated classes, and no Java-only properties in registered schemas.
     */
    public static Map<String, Object> withDefaults(Map<String, ?> configs) {
        TrustedRecords.trust(); // For Confluent's deserializer, which runs on the same Avro.
        SerdeDefaults defaults = SerdeDefaults.load();
        Map<String, Object> all = new HashMap<>(configs);
        all.putIfAbsent(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, defaults.valueSerializer());
        all.putIfAbsent(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, defaults.valueDeserializer());
        all.put(AvroSerdeConfig.SPECIFIC_READER, true);
        all.put(AvroSerdeConfig.REMOVE_JAVA_PROPERTIES, true);
        return all;
    }

    private static boolean isOurs(Object serde) {
        return serde instanceof AvroSerializer || serde instanceof AvroDeserializer;
    }

    private static <S> S create(Map<String, Object> configs, String key, Class<S> type) {
        Object value = configs.get(key);
        try {
            Class<?> named = value instanceof Class<?> c ? c : Class.forName(String.valueOf(value), true, loader());
            return Utils.newInstance(named.asSubclass(type));
        } catch (ClassNotFoundException | ClassCastException e) {
            ConfigException problem = new ConfigException(
                    key, value, "expected the class name of a " + type.getName() + " on the class path");
            problem.initCause(e);
            throw problem;
        }
    }

    private static ClassLoader loader() {
        return Utils.getContextOrKafkaClassLoader();
    }
}
