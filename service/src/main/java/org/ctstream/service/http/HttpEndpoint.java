package org.ctstream.service.http;

import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.health.Health;
import org.ctstream.service.metrics.Metrics;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP port of a service: {@code /livez}, {@code /readyz}, {@code /metrics} and what the service adds, behind the
 * credentials and the TLS that {@link org.ctstream.service.config.HttpKeys} configure.
 */
public final class HttpEndpoint implements AutoCloseable {
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final int MAX_THREADS = 16;
    private static final int MIN_THREADS = 4;

    private final Javalin server;
    private final String base;

    private HttpEndpoint(Javalin server, String base) {
        this.server = server;
        this.base = base;
    }

    /**
     * Opens the port.
     *
     * @throws org.ctstream.service.config.ConfigProblemsException if the key store for TLS cannot be used
     * @throws FatalStageException if the port is taken or the address cannot be bound
     */
    public static HttpEndpoint open(
            ServiceConfig config, Health health, Metrics metrics, Consumer<RoutesConfig> routes) {
        String host = config.string(CommonKeys.HTTP_HOST);
        int port = config.integer(CommonKeys.HTTP_PORT);
        boolean secure = HttpTls.isWanted(config);
        HttpGuard guard = HttpGuard.of(config);
        Javalin server = Javalin.create(javalin -> {
            javalin.startup.showJavalinBanner = false;
            javalin.startup.showOldJavalinVersionWarning = false;
            javalin.startup.startupWatcherEnabled = false;
            javalin.jetty.threadPool = daemonThreads();
            if (secure) {
                javalin.jetty.addConnector(HttpTls.of(config)::connector);
            }
            javalin.routes.before(guard);
            javalin.routes.get("/livez", context -> answer(context, health.isLive(), Map.of(), Map.of()));
            javalin.routes.get(
                    "/readyz", context -> answer(context, health.isReady(), health.conditions(), health.notes()));
            javalin.routes.get(
                    "/metrics", context -> context.contentType(PROMETHEUS_TEXT).result(metrics.scrape()));
            routes.accept(javalin.routes);
        });
        try {
            server.start(host, port);
        } catch (RuntimeException e) {
            throw new FatalStageException(
                    Stage.STORE,
                    "Cannot open HTTP port " + host + ":" + port + " (expected: a free port; set "
                            + CommonKeys.HTTP_PORT + " to another, or 0 for any): " + e.getMessage(),
                    e);
        }
        return new HttpEndpoint(server, (secure ? "https://" : "http://") + host);
    }

    /** The port that was opened, also where the configuration said 0. */
    public int port() {
        return server.port();
    }

    public String url() {
        return base + ":" + port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static void answer(
            Context context, boolean good, Map<String, String> conditions, Map<String, String> notes) {
        var body = new LinkedHashMap<String, Object>();
        body.put("status", good ? "ok" : "not ok");
        body.put("conditions", conditions);
        if (!notes.isEmpty()) {
            body.put("notes", notes);
        }
        context.status(good ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE).json(body);
    }

    private static QueuedThreadPool daemonThreads() {
        var threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        threads.setName("http");
        threads.setDaemon(true);
        return threads;
    }
}
