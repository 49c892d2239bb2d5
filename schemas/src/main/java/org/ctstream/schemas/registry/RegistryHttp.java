package org.ctstream.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** One request to one registry URL, bounded in time and size. */
final class RegistryHttp {
    /** Schemas are some kilobytes; an answer beyond this is not a registry's. */
    static final int MAX_ANSWER_BYTES = 4 << 20;

    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client;
    private final @Nullable String authorization;
    private final Duration timeout;

    /**
     * @param authorization value of the Authorization header, or null for none
     * @param timeout longest time for one whole answer, body included
     */
    RegistryHttp(HttpClient client, @Nullable String authorization, Duration timeout) {
        this.client = client;
        this.authorization = authorization;
        this.timeout = timeout;
    }

    /** @param body JSON to send, or null for none */
    RegistryAnswer send(String method, URI uri, @Nullable String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .header("Accept", MEDIA_TYPE + ", application/json; q=0.5")
                .header("Content-Type", MEDIA_TYPE)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        HttpResponse<byte[]> response =
                await(client.sendAsync(request.build(), i -> new BoundedBody(MAX_ANSWER_BYTES)));
        return new RegistryAnswer(response.statusCode(), json(response.body()));
    }

    /** The client's own timeout ends with the headers; this one covers a body that never comes, too. */
    private HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> response) throws IOException {
        try {
            return response.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("No complete answer within " + timeout.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } finally {
            response.cancel(true);
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            JsonNode tree = JSON.readTree(body);
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (IOException e) {
            // A proxy's HTML page, say: the status tells all that we need.
            return MissingNode.getInstance();
        }
    }
}
