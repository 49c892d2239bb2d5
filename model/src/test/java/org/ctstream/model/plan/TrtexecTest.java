package org.ctstream.model.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ctstream.model.classify.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code trtexec} is a script here: this tests how it is found, asked and read, not what TensorRT does. */
class TrtexecTest {
    private static final TensorRtVersion V8_6 = TensorRtVersion.parse("8.6.1");

    @TempDir
    private Path folder;

    @Test
    void versionIsReadFromTheBanner() throws Exception {
        Trtexec trtexec = trtexec(
                "echo '&&&& RUNNING TensorRT.trtexec [TensorRT v8601] # trtexec --help'",
                "echo '=== Model Options ==='");

        assertThat(trtexec.version()).isEqualTo(V8_6);
    }

    @Test
    void programWithoutABannerIsNotTakenForNvidias() throws Exception {
        Trtexec trtexec = trtexec("echo usage: trtexec FILE");

        assertThatThrownBy(trtexec::version)
                .isInstanceOf(PlanException.ToolFailed.class)
                .hasMessageContaining("does not say its version")
                .hasMessageContaining("NVIDIA's own trtexec");
    }

    @Test
    void firstOnThePathIsTaken() throws Exception {
        Path second = Scripts.script(folder.resolve("second"), "trtexec", "true");
        String path = String.join(
                File.pathSeparator,
                folder.resolve("first").toString(),
                folder.resolve("second").toString());

        assertThat(Trtexec.find(Map.of("PATH", path)).executable()).isEqualTo(second);
    }

    @Test
    void orderIsCarriedOutAndItsOutputPassedOn() throws Exception {
        Trtexec trtexec = trtexec("echo \"[I] $1\"", "echo plan > ${2#--saveEngine=}");
        List<String> progress = new CopyOnWriteArrayList<>();
        Path plan = folder.resolve("out.trt");

        trtexec.make(order(plan), V8_6, Duration.ofMinutes(1), progress::add);

        assertThat(plan).hasContent("plan");
        assertThat(progress).containsExactly("[I] --onnx=" + folder.resolve("my net.onnx"));
    }

    @Test
    void lineCanBePastedIntoAShell() throws Exception {
        Trtexec trtexec = trtexec("printf '%s\\n' \"$@\" > '" + folder.resolve("seen") + "'");
        PlanOrder order = order(folder.resolve("it's.trt"));

        Process shell = new ProcessBuilder("/bin/sh", "-c", trtexec.line(order, V8_6)).start();

        assertThat(shell.waitFor()).isZero();
        assertThat(Files.readAllLines(folder.resolve("seen"))).isEqualTo(order.arguments(V8_6));
    }

    private PlanOrder order(Path plan) {
        return new PlanOrder(folder.resolve("my net.onnx"), plan, Precision.FP16, false, 0, 4096);
    }

    private Trtexec trtexec(String... script) throws Exception {
        return new Trtexec(Scripts.script(folder.resolve("bin"), "trtexec", script));
    }
}
