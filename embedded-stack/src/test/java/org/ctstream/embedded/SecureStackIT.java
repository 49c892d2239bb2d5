package org.ctstream.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.ctstream.embedded.broker.EmbeddedBroker;
import org.ctstream.embedded.broker.EmbeddedBrokerSettings;
import org.ctstream.embedded.part.EmbeddedException;
import org.ctstream.embedded.security.RegistryRole;
import org.ctstream.embedded.security.ScramLogin;
import org.ctstream.embedded.security.SecurityFolder;
import org.ctstream.embedded.security.StackUser;
import org.ctstream.embedded.security.Trust;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real broker and a real registry with their doors shut. */
class SecureStackIT {
    private static final String READER = "reader";
    private static final String WRITER = "writer";
    private static final List<StackUser> USERS =
            List.of(new StackUser(READER, RegistryRole.READ_ONLY), new StackUser(WRITER, RegistryRole.DEVELOPER));
    private static final String SCHEMA = "{\"schema\":\"\\\"string\\\"\"}";

    @TempDir
    static Path directory;

    private static EmbeddedStack stack;

    @BeforeAll
    static void start() {
        stack = EmbeddedStack.start(EmbeddedStackSettings.in(directory).withSecurity(USERS));
    }

    @AfterAll
    static void stop() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void brokersOwnUserMayDoEverythingAndOthersNothingUnasked() throws Exception {
        try (Admin broker = admin(folder().kafkaClient("broker"));
                Admin writer = admin(folder().kafkaClient(WRITER))) {
            broker.createTopics(List.of(new NewTopic("guarded", 1, (short) 1)))
                    .all()
                    .get();

            assertThat(broker.listTopics().names().get()).contains("guarded");
            assertThat(writer.listTopics().names().get()).isEmpty();
            assertThatThrownBy(() -> writer.createTopics(List.of(new NewTopic("other", 1, (short) 1)))
                            .all()
                            .get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
            assertThatThrownBy(
                            () -> writer.createAcls(List.of(everything())).all().get())
                    .hasCauseInstanceOf(ClusterAuthorizationException.class);
        }
    }

    @Test
    void wrongPasswordAndMissingPasswordAreRefused() {
        Map<String, String> wrong = folder().kafkaClient(WRITER);
        wrong.put("sasl.jaas.config", ScramLogin.jaas(WRITER, "not-the-password"));
        Map<String, String> unknown = folder().kafkaClient(WRITER);
        unknown.put("sasl.jaas.config", ScramLogin.jaas("nobody", "x"));

        for (Map<String, String> client : List.of(wrong, unknown)) {
            try (Admin admin = admin(client)) {
                assertThatThrownBy(() -> admin.describeCluster().nodes().get())
                        .hasCauseInstanceOf(SaslAuthenticationException.class);
            }
        }
    }

    @Test
    void registryWantsATokenAndTheRightRole() throws Exception {
        assertThat(register(null)).isEqualTo(401);
        assertThat(register("not.a.token")).isEqualTo(401);
        assertThat(subjects(folder().token(READER))).isEqualTo(200);
        assertThat(register(folder().token(READER))).isEqualTo(403);
        assertThat(register(folder().token(WRITER))).isEqualTo(200);
    }

    @Test
    void secretsAreReadableByTheirOwnerAloneAndInNoCommandLineOrLog() throws IOException {
        Set<String> secrets = new TreeSet<>();
        for (String user : List.of("broker", READER, WRITER)) {
            secrets.add(folder().password(user));
            secrets.add(folder().token(user));
        }
        try (Stream<Path> files = Files.walk(directory.resolve("security"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as(file.toString())
                            .isEqualTo("rw-------"));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        List<String> commandLines = ProcessHandle.current()
                .descendants()
                .map(child -> child.info().commandLine().orElse(""))
                .toList();
        assertThat(commandLines).hasSizeGreaterThanOrEqualTo(2);
        for (String secret : secrets) {
            assertThat(commandLines).noneMatch(line -> line.contains(secret));
            assertThat(Files.readString(directory.resolve("logs/broker.log"))).doesNotContain(secret);
            assertThat(Files.readString(directory.resolve("logs/registry.log"))).doesNotContain(secret);
        }
    }

    @Test
    void secureDataFolderIsNotOpenedWithoutSecurity() {
        stack.broker().stop();
        try {
            assertThatThrownBy(() -> new EmbeddedBroker(EmbeddedBrokerSettings.in(directory.resolve("kafka"))).start())
                    .isInstanceOf(EmbeddedException.class)
                    .hasMessageContaining("--secure");
        } finally {
            stack.broker().start();
        }
    }

    /** What a user without rights would need to give itself all. */
    private static AclBinding everything() {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, "*", PatternType.LITERAL),
                new AccessControlEntry("User:" + WRITER, "*", AclOperation.ALL, AclPermissionType.ALLOW));
    }

    private static SecurityFolder folder() {
        return stack.security().orElseThrow();
    }

    private static Admin admin(Map<String, String> client) {
        Map<String, Object> configuration = new HashMap<>(client);
        configuration.put("bootstrap.servers", stack.bootstrapServers());
        configuration.put("default.api.timeout.ms", 15_000);
        configuration.put("request.timeout.ms", 15_000);
        return Admin.create(configuration);
    }

    private static int register(@Nullable String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(stack.registryUrl() + "/subjects/a/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(BodyPublishers.ofString(SCHEMA));
        return status(request, token);
    }

    private static int subjects(String token) throws Exception {
        return status(HttpRequest.newBuilder(URI.create(stack.registryUrl() + "/subjects")), token);
    }

    private static int status(HttpRequest.Builder request, @Nullable String token) throws Exception {
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(Trust.in(folder().authority()))
                .build();
        return client.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.discarding())
                .statusCode();
    }
}
