package org.ctstream.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChildJvmIT {

    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path temp;

    @Test
    void childThatEndsBeforeItIsReadyIsReportedWithExitCodeAndLogTail() throws Exception {
        Path log = temp.resolve("child.log");
        Files.writeString(log, "a line of an earlier run\n");
        ChildJvmBuilder builder = scripted("complain-and-exit").logFile(log);

        assertThatThrownBy(() -> builder.start(() -> false, LONG))
                .isInstanceOfSatisfying(ChildStartException.class, e -> {
                    assertThat(e.childExitCode()).hasValue(7);
                    assertThat(e.logTail()).isEqualTo("cannot find the thing that was asked for");
                    assertThat(e).hasMessageContaining(log.toString()).hasMessageContaining(e.logTail());
                });
        assertThat(log).content().startsWith("a line of an earlier run");
    }

    @Test
    void childWhoseMainThrowsEndsAlthoughItLeftAThreadBehind() {
        ChildJvmBuilder builder = scripted("throw");

        assertThatThrownBy(() -> builder.start(() -> false, LONG))
                .isInstanceOfSatisfying(ChildStartException.class, e -> {
                    assertThat(e.childExitCode()).hasValue(1);
                    assertThat(e.logTail()).contains("IllegalStateException: thrown by main");
                });
    }

    @Test
    void childThatIsNotReadyInTimeIsEndedAndTheProbesFailureReported() {
        ChildJvmBuilder builder = scripted("hang");
        long before = ProcessHandle.current().children().count();

        assertThatThrownBy(() -> builder.start(
                        () -> {
                            throw new java.net.ConnectException("nobody listens");
                        },
                        Duration.ofMillis(300)))
                .isInstanceOf(ChildStartException.class)
                .hasMessageContaining("not ready within 300 ms")
                .hasRootCauseMessage("nobody listens");
        assertThat(ProcessHandle.current().children().count()).isEqualTo(before);
    }

    @Test
    void stopRunsShutdownHooksAndEnvironmentAndWorkingDirectoryArriveInTheChild() throws Exception {
        Path ready = temp.resolve("ready");
        Path ended = temp.resolve("ended");
        Path workingDirectory = temp.resolve("work");
        ChildJvm child = scripted("leave-a-file-when-stopped", ready.toString(), ended.toString())
                .environment(Map.of("CTSTREAM_TEST_VALUE", "passed on"))
                .workingDirectory(workingDirectory)
                .start(() -> Files.exists(ready), LONG);

        assertThat(ready).hasContent("passed on " + workingDirectory.toRealPath());
        assertThat(child.exitCode()).isEmpty();
        assertThat(child.stop(LONG)).isTrue();

        assertThat(ended).hasContent("ended in order");
        assertThat(child.isAlive()).isFalse();
        assertThat(child.exitCode()).hasValue(0);
        assertThat(child.onExit()).succeedsWithin(LONG).isEqualTo(0);
    }

    @Test
    void killEndsTheChildWithoutShutdownHooks() throws Exception {
        Path ready = temp.resolve("ready");
        Path ended = temp.resolve("ended");
        ChildJvm child = scripted("leave-a-file-when-stopped", ready.toString(), ended.toString())
                .start(() -> Files.exists(ready), LONG);

        child.kill();

        assertThat(child.isAlive()).isFalse();
        assertThat(ended).doesNotExist();
    }

    @Test
    void childThatHangsInItsShutdownIsKilledAfterTheGrace() {
        Path ready = temp.resolve("ready");
        ChildJvm child = scripted("never-finish-the-shutdown", ready.toString()).start(() -> Files.exists(ready), LONG);

        assertThat(child.stop(Duration.ofMillis(300))).isFalse();

        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void orphanRunsItsShutdownHooksWhenTheParentIsKilled() throws Exception {
        Path ready = temp.resolve("ready");
        Path ended = temp.resolve("ended");

        Duration life = Orphans.lifeAfterParentIsKilled(
                temp,
                temp.resolve("owned"),
                ready,
                ScriptedMain.class.getName(),
                List.of("leave-a-file-when-stopped", ready.toString(), ended.toString()));

        assertThat(life).isLessThan(Duration.ofSeconds(2));
        assertThat(ended).hasContent("ended in order");
    }

    @Test
    void orphanThatHangsInItsShutdownIsHaltedAfterTheGrace() throws Exception {
        Path ready = temp.resolve("ready");

        Duration life = Orphans.lifeAfterParentIsKilled(
                temp,
                temp.resolve("owned"),
                ready,
                ScriptedMain.class.getName(),
                List.of("never-finish-the-shutdown", ready.toString()));

        assertThat(life)
                .isBetween(
                        Duration.ofMillis(ParentGuard.DEFAULT_GRACE_MILLIS - 100L),
                        Duration.ofMillis(ParentGuard.DEFAULT_GRACE_MILLIS + 3_000L));
    }

    private ChildJvmBuilder scripted(String... arguments) {
        return ChildJvm.builder("child", ScriptedMain.class.getName())
                .jvmArguments(List.of("-Xmx64m", "-XX:TieredStopAtLevel=1"))
                .arguments(List.of(arguments))
                .logFile(temp.resolve("child.log"));
    }
}
