package org.ctstream.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ctstream.embedded.broker.EmbeddedBroker;
import org.ctstream.embedded.broker.EmbeddedBrokerSettings;
import org.ctstream.embedded.broker.RecordsClient;
import org.ctstream.embedded.part.DirectoryLock;
import org.ctstream.embedded.part.PortTakenException;
import org.ctstream.embedded.process.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedStackIT {

    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path temp;

    @Test
    void bothPartsServeAndDataSurvivesWhileTheBrokerMovesFromAChildIntoThisJvm() throws Exception {
        EmbeddedStackSettings settings = EmbeddedStackSettings.in(temp);
        try (EmbeddedStack stack = EmbeddedStack.start(settings)) {
            RecordsClient client = new RecordsClient(stack.bootstrapServers());
            client.createTopic("kept", Map.of());
            client.produce("kept", RecordsClient.numbered(5));
            assertThat(statusOf(stack.registryUrl() + "/subjects")).isEqualTo(200);
        }

        try (EmbeddedStack stack = EmbeddedStack.start(settings.withBrokerMode(BrokerMode.IN_THIS_JVM))) {
            assertThat(new RecordsClient(stack.bootstrapServers()).readAll("kept"))
                    .containsExactly(RecordsClient.numbered(5));
            assertThat(stack.registry().isRunning()).isTrue();
        }
    }

    @Test
    void partThatCannotStartTakesTheOtherDownWithIt() throws Exception {
        try (ServerSocket occupant = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EmbeddedStackSettings settings = EmbeddedStackSettings.in(temp)
                    .withBrokerMode(BrokerMode.IN_THIS_JVM)
                    .withPorts(0, 0, occupant.getLocalPort());

            assertThatThrownBy(() -> EmbeddedStack.start(settings))
                    .isInstanceOf(PortTakenException.class)
                    .hasMessageContaining("registry");
        }
        try (EmbeddedBroker successor = new EmbeddedBroker(EmbeddedBrokerSettings.in(temp.resolve("kafka")))) {
            successor.start(); // the directory is free again only if the first broker was stopped
            assertThat(successor.isRunning()).isTrue();
        }
    }

    @Test
    void bothPartsEndWithinTwoSecondsWhenTheirParentIsKilledAndTheNextStartFindsTheDirectoryFree() throws Exception {
        Path pids = temp.resolve("pids");
        Path data = temp.resolve("data");
        ChildJvm parent = ChildJvm.builder("parent", StackMain.class.getName())
                .arguments(List.of(data.toString(), pids.toString()))
                .logFile(temp.resolve("parent.log"))
                .start(() -> Files.exists(pids), Duration.ofSeconds(60));
        List<ProcessHandle> parts = Files.readAllLines(pids).stream()
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
                .toList();
        assertThat(parts).hasSize(2).allMatch(ProcessHandle::isAlive);

        parent.kill();

        long killed = System.nanoTime();
        try (DirectoryLock kafka = DirectoryLock.acquire(data.resolve("kafka"), LONG);
                DirectoryLock registry = DirectoryLock.acquire(data.resolve("registry"), LONG)) {
            assertThat(kafka).isNotNull();
            assertThat(registry).isNotNull();
            assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(2));
        } finally {
            parts.forEach(ProcessHandle::destroyForcibly);
        }
        try (EmbeddedStack successor = EmbeddedStack.start(EmbeddedStackSettings.in(data))) {
            assertThat(successor.broker().isRunning()).isTrue();
        }
    }

    private static int statusOf(String url) throws Exception {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
                .statusCode();
    }
}
