package org.ctstream.service.tls;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.ctstream.service.config.ConfigProblemsException;
import org.ctstream.service.config.ServiceConfig;

/** Makes the TLS context of a port from keys with a prefix of their own: {@code <prefix>ssl.keystore.location} and so on. */
public final class ServerTls {
    public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    private static final String KEYSTORE_LOCATION = "ssl.keystore.location";
    private static final List<String> TEXTS =
            List.of(KEYSTORE_LOCATION, "ssl.keystore.type", "ssl.truststore.location", "ssl.truststore.type");
    private static final List<String> PASSWORDS = List.of("ssl.keystore.password", "ssl.key.password");

    private ServerTls() {}

    /**
     * The context of one port.
     *
     * @param port what the port is, for people
     * @param prefix of its keys, with the dot
     * @throws ConfigProblemsException if the key store or the trust store cannot be used
     */
    public static SSLContext context(String port, ServiceConfig config, String prefix) {
        try (var factory = new DefaultSslEngineFactory()) {
            factory.configure(new ConfigDef().withClientSslSupport().parse(keys(config, prefix)));
            return factory.sslContext();
        } catch (KafkaException e) {
            throw new ConfigProblemsException(
                    port,
                    List.of("Cannot use the key store of " + prefix + KEYSTORE_LOCATION + ", "
                            + config.string(prefix + KEYSTORE_LOCATION) + " (expected: " + prefix + "ssl.keystore.type "
                            + config.string(prefix + "ssl.keystore.type")
                            + " with a private key and its certificates): " + e.getMessage()));
        }
    }

    private static Map<String, Object> keys(ServiceConfig config, String prefix) {
        var keys = new HashMap<String, Object>();
        TEXTS.stream()
                .filter(key -> config.defines(prefix + key))
                .filter(key -> !config.string(prefix + key).isBlank())
                .forEach(key -> keys.put(key, config.string(prefix + key)));
        PASSWORDS.stream()
                .filter(key -> config.isSet(prefix + key))
                .forEach(key -> keys.put(key, config.password(prefix + key)));
        return keys;
    }
}
