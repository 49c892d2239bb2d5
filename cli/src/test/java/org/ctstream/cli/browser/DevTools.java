package org.ctstream.cli.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One page's end of the DevTools protocol: commands with their answers, and the complaints the page gave.
 *
 * @see "Chrome DevTools Protocol, stable 1.3"
 */
final class DevTools implements WebSocket.Listener, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long ANSWER_SECONDS = 60;

    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    DevTools(URI page) {
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page, this)
                .join();
    }

    /** Sends a command and waits for its answer. */
    JsonNode send(String method, Map<String, Object> parameters) {
        int number = numbers.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        waiting.put(number, answer);
        try {
            socket.sendText(JSON.writeValueAsString(Map.of("id", number, "method", method, "params", parameters)), true)
                    .join();
            JsonNode said = answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
            if (said.has("error")) {
                throw new IllegalStateException(method + ": " + said.get("error"));
            }
            return said.path("result");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        } catch (Exception e) {
            throw new IllegalStateException("The browser has not done " + method, e);
        }
    }

    /** Exceptions of scripts and what the browser logged as errors, breaches of the content security policy among them. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            take(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        socket.abort();
    }

    private void take(String message) {
        try {
            JsonNode said = JSON.readTree(message);
            if (said.has("id")) {
                CompletableFuture<JsonNode> answer =
                        waiting.remove(said.get("id").asInt());
                if (answer != null) {
                    answer.complete(said);
                }
                return;
            }
            String method = said.path("method").asText();
            JsonNode entry = said.at("/params/entry");
            if (method.equals("Runtime.exceptionThrown")) {
                complaints.add(said.at("/params/exceptionDetails").toString());
            } else if (method.equals("Log.entryAdded")
                    && entry.path("level").asText().equals("error")) {
                complaints.add(
                        entry.path("text").asText() + " " + entry.path("url").asText());
            }
        } catch (JsonProcessingException e) {
            complaints.add("not JSON: " + message);
        }
    }
}
