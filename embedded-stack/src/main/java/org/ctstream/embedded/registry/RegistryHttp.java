package org.ctstream.embedded.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.ctstream.embedded.part.EmbeddedException;

/** The two requests of Confluent's registry API that starting a registry takes. */
final class RegistryHttp {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final String url;

    RegistryHttp(String url) {
        this.url = url;
    }

    boolean answers() throws IOException, InterruptedException {
        HttpRequest request = request("/subjects").GET().build();
        return client.send(request, BodyHandlers.discarding()).statusCode() == OK;
    }

    void setCompatibility(String level) {
        HttpRequest request = request("/config")
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .PUT(BodyPublishers.ofString("{\"compatibility\":\"" + level + "\"}"))
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() != OK) {
                throw new EmbeddedException("The registry refused compatibility level " + level + " (status "
                        + response.statusCode() + "): " + response.body());
            }
        } catch (IOException e) {
            throw new EmbeddedException("The registry at " + url + " did not take its compatibility level", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedException("Interrupted while setting the registry's compatibility level", e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT);
    }
}
