package org.ctstream.cli.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/** A page in a real browser, as a test sees and uses it. For one thread. */
public final class Browser implements AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int WIDTH = 1440;
    private static final int HEIGHT = 900;

    private final Chromium chromium;
    private final DevTools page;

    private Browser(Chromium chromium, DevTools page) {
        this.chromium = chromium;
        this.page = page;
    }

    /** Whether this machine has a browser to test with. */
    public static boolean isThere() {
        return Chromium.find().isPresent();
    }

    /** @param folder for what the browser keeps */
    public static Browser start(Path folder) throws Exception {
        Path binary = Chromium.find().orElseThrow(() -> new IllegalStateException("no Chromium on this machine"));
        Chromium chromium = Chromium.start(binary, folder);
        try {
            var request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + chromium.port() + "/json/new?about:blank"))
                    .PUT(HttpRequest.BodyPublishers.noBody())
                    .build();
            String made = HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
            var page = new DevTools(URI.create(new ObjectMapper()
                    .readTree(made)
                    .get("webSocketDebuggerUrl")
                    .asText()));
            var browser = new Browser(chromium, page);
            for (String domain : List.of("Page", "Runtime", "Log")) {
                page.send(domain + ".enable", Map.of());
            }
            browser.resize(WIDTH, HEIGHT);
            return browser;
        } catch (Exception e) {
            chromium.close();
            throw e;
        }
    }

    public void open(String url) {
        page.send("Page.navigate", Map.of("url", url));
    }

    /** The value of an expression, awaited if it is a promise. */
    public JsonNode evaluate(String script) {
        JsonNode answer = page.send(
                "Runtime.evaluate", Map.of("expression", script, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(script + ": " + answer.get("exceptionDetails"));
        }
        return answer.at("/result/value");
    }

    /** Waits until the expression is true. */
    public void await(String script) {
        Awaitility.await(script)
                .atMost(LONG)
                .ignoreExceptions()
                .pollInterval(Duration.ofMillis(100))
                .until(() -> evaluate("Boolean(" + script + ")").asBoolean());
    }

    /** The text of the first element a selector finds, as it is shown. */
    public String text(String selector) {
        return evaluate("document.querySelector(" + quoted(selector) + ").innerText")
                .asText();
    }

    /** Presses and releases a key, as {@code KeyboardEvent.key} names it. */
    public void press(String key) {
        String typed = key.equals("Enter") ? "\r" : key.length() == 1 ? key : "";
        int code = Map.of("Enter", 13, "Escape", 27, "Tab", 9).getOrDefault(key, 0);
        var down = new HashMap<String, Object>(
                Map.of("type", typed.isEmpty() ? "rawKeyDown" : "keyDown", "key", key, "windowsVirtualKeyCode", code));
        if (!typed.isEmpty()) {
            down.put("text", typed);
        }
        page.send("Input.dispatchKeyEvent", down);
        page.send("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "windowsVirtualKeyCode", code));
    }

    /** Types text into what has the focus. */
    public void type(String text) {
        page.send("Input.insertText", Map.of("text", text));
    }

    /** As the reader's system prefers it. */
    public void dark(boolean dark) {
        page.send(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    public void resize(int width, int height) {
        page.send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Writes what is in the window as a PNG. */
    public void screenshot(Path file) throws IOException {
        String data = page.send("Page.captureScreenshot", Map.of("format", "png"))
                .get("data")
                .asText();
        Files.createDirectories(Optional.ofNullable(file.getParent()).orElseThrow());
        Files.write(file, Base64.getDecoder().decode(data));
    }

    /** Exceptions of scripts and errors in the browser's log. */
    public List<String> complaints() {
        return page.complaints();
    }

    @Override
    public void close() {
        page.close();
        chromium.close();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "\\'") + "'";
    }
}
