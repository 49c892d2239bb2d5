package org.ctstream.sink.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

/** A receiver of webhooks that keeps what comes and answers as the test says. */
public final class WebhookReceiver implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Request> accepted = new CopyOnWriteArrayList<>();
    private final AtomicInteger inHand = new AtomicInteger();
    private final AtomicInteger mostInHand = new AtomicInteger();
    private volatile ToIntFunction<Request> answer;

    public WebhookReceiver(ToIntFunction<Request> answer) {
        this.answer = answer;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** What came. */
    public record Request(String id, long timestamp, String signature, String contentType, String path, String body) {}

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/alerts";
    }

    /** From now on. */
    public void answer(ToIntFunction<Request> next) {
        answer = next;
    }

    /** Every request, in the order of arrival. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Those answered with 2xx. */
    public List<Request> accepted() {
        return List.copyOf(accepted);
    }

    /** The most requests that were in hand at the same time. */
    public int mostInHand() {
        return mostInHand.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        mostInHand.accumulateAndGet(inHand.incrementAndGet(), Math::max);
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            var request = new Request(
                    headers.getFirst("webhook-id"),
                    Long.parseLong(headers.getFirst("webhook-timestamp")),
                    headers.getFirst("webhook-signature"),
                    headers.getFirst("Content-Type"),
                    exchange.getRequestURI().getPath(),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            requests.add(request);
            int status = answer.applyAsInt(request);
            if (status >= 200 && status < 300) {
                accepted.add(request);
            }
            if (status == 302) {
                exchange.getResponseHeaders().set("Location", url() + "/elsewhere");
            }
            if (status == 429) {
                exchange.getResponseHeaders().set("Retry-After", "7");
            }
            // Before the answer: the sender goes on as soon as it has it.
            inHand.decrementAndGet();
            exchange.sendResponseHeaders(status, -1);
        }
    }
}
