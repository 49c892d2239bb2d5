package org.ctstream.service.objectstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A store that speaks as much of S3 as reading and writing an object takes, with paths that begin with the bucket. It
 * computes each request's signature (version 4) anew and refuses those that differ, so that a client that signs
 * otherwise, or not at all, shows.
 */
public final class S3Server implements AutoCloseable {
    public static final String BUCKET = "scans";
    public static final String REGION = "eu-central-1";
    public static final String ACCESS_KEY = "AKIATEST";
    public static final String SECRET_KEY = "secret";

    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile @Nullable Failure failure;

    /** Says no, with a status and a code of S3. */
    private record Failure(int status, String code) {}

    public S3Server() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Stores an object as another client would have. */
    public void store(String key, byte[] content) {
        objects.put(key, content.clone());
    }

    public Map<String, byte[]> objects() {
        return objects;
    }

    /** {@code METHOD /path} of every request that came. */
    public List<String> requests() {
        return requests;
    }

    /** How many requests were not signed as they should be. */
    public int badSignatures() {
        return refusals.get();
    }

    /** Answers everything with an error from now on. */
    public void fail(int status, String code) {
        failure = new Failure(status, code);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getRawPath();
            requests.add(exchange.getRequestMethod() + " " + path);
            Failure failing = failure;
            if (failing != null) {
                refuse(exchange, failing.status(), failing.code());
            } else if (!new SignatureV4(SECRET_KEY, REGION).signed(exchange, body)) {
                refusals.incrementAndGet();
                refuse(exchange, 403, "SignatureDoesNotMatch");
            } else if (!path.startsWith("/" + BUCKET + "/")) {
                refuse(exchange, 404, "NoSuchBucket");
            } else {
                serve(exchange, exchange.getRequestURI().getPath().substring(BUCKET.length() + 2), body);
            }
        }
    }

    private void serve(HttpExchange exchange, String key, byte[] body) throws IOException {
        if (exchange.getRequestMethod().equals("PUT")) {
            objects.put(key, body);
            send(exchange, 200, new byte[0]);
            return;
        }
        byte[] object = objects.get(key);
        if (object == null) {
            refuse(exchange, 404, "NoSuchKey");
        } else {
            send(exchange, 200, object);
        }
    }

    private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/xml");
        if (status >= 300 && status < 400) {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
        }
        send(exchange, status, ("<Error><Code>" + code + "</Code><Message>no</Message></Error>").getBytes(UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
