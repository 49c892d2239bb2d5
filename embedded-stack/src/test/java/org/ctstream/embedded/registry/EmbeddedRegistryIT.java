package org.ctstream.embedded.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.ctstream.embedded.part.DirectoryInUseException;
import org.ctstream.embedded.part.PortTakenException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRegistryIT {

    private static final String ONE_FIELD =
            "{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"R\\\",\\\"fields\\\":[{\\\"name\\\":\\\"a\\\",\\\"type\\\":\\\"string\\\"}]}";

    private static EmbeddedRegistry registry;
    private static EmbeddedRegistrySettings settings;

    @BeforeAll
    static void start(@TempDir Path temp) {
        settings = EmbeddedRegistrySettings.in(temp.resolve("registry"));
        registry = new EmbeddedRegistry(settings);
        registry.start();
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @Test
    void schemasAndIdsSurviveARestartAndAKill() throws Exception {
        String url = registry.url();
        HttpResponse<String> registered = register("kept-value", ONE_FIELD);
        assertThat(registered.statusCode()).isEqualTo(200);

        registry.restart();
        assertThat(registry.url()).isEqualTo(url);
        assertThat(register("kept-value", ONE_FIELD).body()).isEqualTo(registered.body());

        registry.kill();
        assertThat(registry.isRunning()).isFalse();
        registry.start();
        assertThat(register("kept-value", ONE_FIELD).body()).isEqualTo(registered.body());
        assertThat(get("/subjects/kept-value/versions").body()).isEqualTo("[1]");
    }

    @Test
    void incompatibleSchemaIsRefusedSinceTheLevelIsSetAtStart() throws Exception {
        assertThat(register("strict-value", ONE_FIELD).statusCode()).isEqualTo(200);

        HttpResponse<String> refused = register("strict-value", ONE_FIELD.replace("string", "int"));

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(get("/config").body()).contains("BACKWARD_TRANSITIVE");
    }

    @Test
    void directoryOfARunningRegistryIsRefused() {
        EmbeddedRegistry second = new EmbeddedRegistry(settings.withPort(0));

        assertThatThrownBy(second::start).isInstanceOf(DirectoryInUseException.class);
        assertThat(second.isRunning()).isFalse();
    }

    @Test
    void occupiedPortIsNamed(@TempDir Path temp) throws Exception {
        try (ServerSocket occupant = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EmbeddedRegistry blocked =
                    new EmbeddedRegistry(EmbeddedRegistrySettings.in(temp).withPort(occupant.getLocalPort()));

            assertThatThrownBy(blocked::start)
                    .isInstanceOf(PortTakenException.class)
                    .hasMessageContaining("127.0.0.1:" + occupant.getLocalPort());
        }
    }

    private static HttpResponse<String> register(String subject, String escapedSchema) throws Exception {
        return send(request("/subjects/" + subject + "/versions")
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(BodyPublishers.ofString("{\"schema\":\"" + escapedSchema + "\"}")));
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return send(request(path).GET());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(registry.url() + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        // A client of its own each time: a pooled connection would still lead to the registry before the restart.
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request.build(), BodyHandlers.ofString());
    }
}
