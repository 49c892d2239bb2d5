package org.ctstream.sink.deliver;

import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.ctstream.service.config.ConfigProblemsException;
import org.ctstream.service.config.ServiceConfig;

/** TLS to endpoints, with trust stores as Kafka takes them. */
public final class AlertTls {
    private AlertTls() {}

    /**
     * The context that connections to endpoints are made with; names are checked by those who use it.
     *
     * @throws ConfigProblemsException if the trust store cannot be used
     */
    public static SSLContext context(ServiceConfig config) {
        if (!config.isSet(AlertKeys.TRUSTSTORE_LOCATION)) {
            return javas();
        }
        try (var factory = new DefaultSslEngineFactory()) {
            factory.configure(new ConfigDef().withClientSslSupport().parse(trustStore(config)));
            return factory.sslContext();
        } catch (KafkaException e) {
            throw new ConfigProblemsException(
                    "results-sink",
                    List.of("Cannot use the trust store of " + AlertKeys.TRUSTSTORE_LOCATION + ", "
                            + config.string(AlertKeys.TRUSTSTORE_LOCATION) + " (expected: "
                            + AlertKeys.TRUSTSTORE_TYPE + " " + config.string(AlertKeys.TRUSTSTORE_TYPE)
                            + " with certificates): " + e.getMessage()));
        }
    }

    private static SSLContext javas() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java without TLS", e);
        }
    }

    private static Map<String, Object> trustStore(ServiceConfig config) {
        var keys = new HashMap<String, Object>();
        keys.put("ssl.truststore.location", config.string(AlertKeys.TRUSTSTORE_LOCATION));
        keys.put("ssl.truststore.type", config.string(AlertKeys.TRUSTSTORE_TYPE));
        if (config.isSet(AlertKeys.TRUSTSTORE_PASSWORD)) {
            keys.put("ssl.truststore.password", config.password(AlertKeys.TRUSTSTORE_PASSWORD));
        }
        return keys;
    }
}
