package org.ctstream.schemas.serde;

import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;

/**
 * Keys of {@link AvroSerializer} and {@link AvroDeserializer} besides the registry client's: Confluent's names. What we
 * leave out is refused rather than ignored.
 */
public final class AvroSerdeConfig extends AbstractConfig {
    public static final String AUTO_REGISTER = "auto.register.schemas";
    public static final String SPECIFIC_READER = "specific.avro.reader";
    public static final String REMOVE_JAVA_PROPERTIES = "avro.remove.java.properties";
    public static final String USE_LATEST_VERSION = "use.latest.version";
    public static final String VALUE_SUBJECT_STRATEGY = "value.subject.name.strategy";
    public static final String KEY_SUBJECT_STRATEGY = "key.subject.name.strategy";

    private static final String BY_TOPIC_NAME = "io.confluent.kafka.serializers.subject.TopicNameStrategy";

    /** The keys with their types, defaults and meaning, for validation and for the reference page. */
    public static final ConfigDef DEFINITION = new ConfigDef()
            .define(AUTO_REGISTER, Type.BOOLEAN, true, Importance.MEDIUM, """
                    Whether a schema the subject does not have is registered; if not, serializing with it fails.""")
            .define(SPECIFIC_READER, Type.BOOLEAN, false, Importance.MEDIUM, """
                    Whether records become instances of their generated classes rather than GenericRecord.""")
            .define(REMOVE_JAVA_PROPERTIES, Type.BOOLEAN, true, only(true), Importance.LOW, """
                    Always true here: avro.java.string is never registered.""")
            .define(USE_LATEST_VERSION, Type.BOOLEAN, false, only(false), Importance.LOW, """
                    Always false here: records are written with the schema they carry.""")
            .define(
                    VALUE_SUBJECT_STRATEGY,
                    Type.STRING,
                    BY_TOPIC_NAME,
                    ValidString.in(BY_TOPIC_NAME),
                    Importance.LOW,
                    "Always by topic name here: <topic>-value.")
            .define(
                    KEY_SUBJECT_STRATEGY,
                    Type.STRING,
                    BY_TOPIC_NAME,
                    ValidString.in(BY_TOPIC_NAME),
                    Importance.LOW,
                    "Always by topic name here: <topic>-key.");

    public AvroSerdeConfig(Map<String, ?> originals) {
        super(DEFINITION, originals, false);
    }

    private static ConfigDef.Validator only(boolean supported) {
        return (key, value) -> {
            if (!Boolean.valueOf(supported).equals(value)) {
                throw new ConfigException(
                        key, value, "this serializer knows only " + supported + "; Confluent's own knows both");
            }
        };
    }

    boolean autoRegister() {
        return getBoolean(AUTO_REGISTER);
    }

    boolean specificReader() {
        return getBoolean(SPECIFIC_READER);
    }
}
