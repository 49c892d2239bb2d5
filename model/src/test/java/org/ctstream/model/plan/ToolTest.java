package org.ctstream.model.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ToolTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Test
    void outputAndErrorsComeLineByLine() throws Exception {
        tool("echo one", "echo two >&2", "echo $1").run(List.of("three words here"), LONG, lines::add);

        assertThat(lines).containsExactly("one", "two", "three words here");
    }

    @Test
    void failureTellsTheExitCodeAndTheLastLines() throws Exception {
        Tool tool = tool("seq 1 30", "echo 'out of something' >&2", "exit 3");

        assertThatThrownBy(() -> tool.run(List.of(), LONG, lines::add))
                .isInstanceOf(PlanException.ToolFailed.class)
                .hasMessageContaining("failed with exit code 3")
                .hasMessageContaining("out of something")
                .hasMessageContaining("\n  30\n")
                .hasMessageNotContaining("\n  5\n");
    }

    @Test
    @Timeout(30)
    void programThatHangsIsEndedWithWhatItStarted() throws Exception {
        Tool tool = tool("sleep 600 &", "echo $!", "wait");

        assertThatThrownBy(() -> tool.run(List.of(), Duration.ofSeconds(1), lines::add))
                .isInstanceOf(PlanException.ToolFailed.class)
                .hasMessageContaining("did not end within 1 s and was stopped");

        long sleeper = Long.parseLong(lines.get(0));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> ProcessHandle.of(sleeper)
                        .map(process -> !process.isAlive())
                        .orElse(true));
    }

    @Test
    @Timeout(30)
    void programWhoseOutputIsRefusedIsEndedAndTheRefusalThrown() throws Exception {
        Tool tool = tool("echo one", "exec sleep 600");

        assertThatThrownBy(() -> tool.run(List.of(), LONG, line -> {
                    throw new IllegalStateException("no room for " + line);
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no room for one");
    }

    @Test
    void programThatIsNotThereIsMissingAndTheRemedyIsTold() {
        Tool tool = new Tool(folder.resolve("absent").toString(), "install it");

        assertThatThrownBy(() -> tool.run(List.of(), LONG, lines::add))
                .isInstanceOfSatisfying(PlanException.Missing.class, missing -> {
                    assertThat(missing.reason()).contains("cannot run " + folder.resolve("absent"));
                    assertThat(missing.remedy()).isEqualTo("install it");
                });
    }

    private Tool tool(String... script) throws Exception {
        return new Tool(Scripts.script(folder, "tool", script).toString(), "install it");
    }
}
