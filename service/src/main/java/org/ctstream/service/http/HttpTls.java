package org.ctstream.service.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ConfigProblemsException;
import org.ctstream.service.config.HttpKeys;
import org.ctstream.service.config.ServiceConfig;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** TLS for a service's HTTP port, with key stores as Kafka takes them. */
final class HttpTls {
    private final SslContextFactory.Server contexts;
    private final String host;
    private final int port;

    private HttpTls(SslContextFactory.Server contexts, String host, int port) {
        this.contexts = contexts;
        this.host = host;
        this.port = port;
    }

    static boolean isWanted(ServiceConfig config) {
        return config.isSet(HttpKeys.KEYSTORE_LOCATION);
    }

    /** @throws ConfigProblemsException if the key store cannot be used */
    static HttpTls of(ServiceConfig config) {
        try (var factory = new DefaultSslEngineFactory()) {
            factory.configure(new ConfigDef().withClientSslSupport().parse(keyStore(config)));
            var contexts = new SslContextFactory.Server();
            contexts.setSslContext(factory.sslContext());
            contexts.setIncludeProtocols("TLSv1.3", "TLSv1.2");
            return new HttpTls(contexts, config.string(CommonKeys.HTTP_HOST), config.integer(CommonKeys.HTTP_PORT));
        } catch (KafkaException e) {
            throw new ConfigProblemsException(
                    "the HTTP port",
                    List.of("Cannot use the key store of " + HttpKeys.KEYSTORE_LOCATION + ", "
                            + config.string(HttpKeys.KEYSTORE_LOCATION) + " (expected: " + HttpKeys.KEYSTORE_TYPE + " "
                            + config.string(HttpKeys.KEYSTORE_TYPE) + " with a private key and its certificates): "
                            + e.getMessage()));
        }
    }

    Connector connector(Server server, HttpConfiguration http) {
        // Which name a client used does not matter here: there is one site behind the port.
        http.addCustomizer(new SecureRequestCustomizer(false));
        var connector = new ServerConnector(
                server, new SslConnectionFactory(contexts, "http/1.1"), new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        return connector;
    }

    private static Map<String, Object> keyStore(ServiceConfig config) {
        var keys = new HashMap<String, Object>();
        keys.put("ssl.keystore.location", config.string(HttpKeys.KEYSTORE_LOCATION));
        keys.put("ssl.keystore.type", config.string(HttpKeys.KEYSTORE_TYPE));
        if (config.isSet(HttpKeys.KEYSTORE_PASSWORD)) {
            keys.put("ssl.keystore.password", config.password(HttpKeys.KEYSTORE_PASSWORD));
        }
        if (config.isSet(HttpKeys.KEY_PASSWORD)) {
            keys.put("ssl.key.password", config.password(HttpKeys.KEY_PASSWORD));
        }
        return keys;
    }
}
