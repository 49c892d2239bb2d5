package org.ctstream.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.ctstream.cli.it.ServiceProcess;
import org.ctstream.cli.stack.LocalStack;
import org.ctstream.cli.stack.StackListener;
import org.ctstream.cli.stack.StackSettings;
import org.ctstream.embedded.part.Ports;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * From storescu to stored results through a whole stack with a real network; too long for every build.
 * {@code -Dctstream.gateway.results=1000} says how many files.
 */
@EnabledIfSystemProperty(named = "ctstream.gateway.results", matches = "\\d+")
class StorescuToResultsIT implements StackListener {
    private static final int FILES = Integer.getInteger("ctstream.gateway.results", 0);

    /** Small ones are made faster, and what is tested has nothing to do with their size. */
    private static final int SIDE = 128;

    @TempDir
    Path folder;

    @Test
    void everyFileOfStorescuBecomesOneResult() throws Exception {
        assumeThat(Dcmtk.isInstalled()).isTrue();
        Path files = Files.createDirectories(folder.resolve("files"));
        var slices = new PhantomSlices(SIDE);
        for (int seed = 0; seed < FILES; seed++) {
            Files.write(
                    files.resolve(seed + ".dcm"),
                    slices.generate(seed, seed % 2 == 0).toDicom());
        }
        int port = Ports.free("127.0.0.1", 0);
        var settings = new StackSettings(folder.resolve("data"), 0, 0, 0, 1, "onnxruntime", Optional.empty(), Map.of());
        try (LocalStack stack = LocalStack.start(settings, this);
                ServiceProcess gateway = ServiceProcess.start(
                        folder,
                        "gateway",
                        "gateway-1",
                        Map.of(
                                "bootstrap.servers", stack.connection().bootstrapServers(),
                                "schema.registry.url", stack.connection().registryUrl(),
                                "dicom.port", Integer.toString(port),
                                "dicom.ae.calling", "PACS1"))) {
            long begun = System.nanoTime();
            Dcmtk.Finished sent = Dcmtk.run(folder.resolve("log"), Dcmtk.storescu("PACS1", port, files));
            long sentAfter = System.nanoTime();

            assertThat(sent.exitCode()).isZero();
            assertThat(Dcmtk.successes(sent.text())).hasSize(FILES);
            await().atMost(Duration.ofMinutes(20))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> stored(stack) >= FILES);
            System.out.printf(
                    "%d files sent in %.1f s, all stored after %.1f s%n%s",
                    FILES,
                    (sentAfter - begun) / 1e9,
                    (System.nanoTime() - begun) / 1e9,
                    gateway.get("/metrics")
                            .lines()
                            .filter(line -> line.startsWith("ctstream_gateway"))
                            .reduce("", (all, line) -> all + line + "\n"));
            assertThat(stored(stack)).isEqualTo(FILES);
        }
    }

    private static long stored(LocalStack stack) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(stack.sink().url() + "/api/stats"))
                .build();
        String body = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        return new ObjectMapper().readTree(body).path("stored").asLong();
    }

    @Override
    public void step(String text) {
        // Only the end is of interest.
    }

    @Override
    public void trouble(String text) {
        System.out.println(text);
    }
}
