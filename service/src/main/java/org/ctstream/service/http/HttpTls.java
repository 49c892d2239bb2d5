package org.ctstream.service.http;

import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ConfigProblemsException;
import org.ctstream.service.config.HttpKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.tls.ServerTls;
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
        var contexts = new SslContextFactory.Server();
        contexts.setSslContext(ServerTls.context("the HTTP port", config, "http."));
        contexts.setIncludeProtocols(ServerTls.PROTOCOLS.toArray(String[]::new));
        return new HttpTls(contexts, config.string(CommonKeys.HTTP_HOST), config.integer(CommonKeys.HTTP_PORT));
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
}
