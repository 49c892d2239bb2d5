package org.ctstream.embedded.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.ctstream.embedded.part.EmbeddedException;
import org.ctstream.embedded.security.SecurityFolder;
import org.ctstream.embedded.security.StackUser;
import org.ctstream.embedded.security.Trust;

/** The two requests of Confluent's registry API that starting a registry takes. */
final class RegistryHttp {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;

    private final HttpClient client;
    private final String url;
    private final Optional<String> token;

    /** @param security the secrets of a secure registry */
    RegistryHttp(String url, Optional<SecurityFolder> security) {
        this.url = url;
        this.token = security.map(folder -> folder.token(StackUser.BROKER.name()));
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT);
        security.ifPresent(folder -> builder.sslContext(Trust.in(folder.authority())));
        this.client = builder.build();
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
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT);
        token.ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
        return request;
    }
}
