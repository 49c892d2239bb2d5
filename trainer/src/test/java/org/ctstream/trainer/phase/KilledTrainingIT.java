package org.ctstream.trainer.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.ctstream.embedded.process.ChildJvm;
import org.ctstream.trainer.checkpoint.CheckpointFolder;
import org.ctstream.trainer.checkpoint.Progress;
import org.ctstream.trainer.feed.TestSlices;
import org.ctstream.trainer.history.EpochRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class KilledTrainingIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private static Path images;

    @TempDir
    private Path folder;

    private static Trial undisturbed;
    private static PhaseResult expected;

    @BeforeAll
    static void trainUndisturbed() throws Exception {
        TestSlices.of(images, 8, 4);
        undisturbed = TrainingMain.trial(images, images.resolve("undisturbed"));
        expected = undisturbed.run();
    }

    @Test
    void processKilledAtAnyMomentGoesOnAsIfItHadNotBeen() {
        Trial killed = TrainingMain.trial(images, folder.resolve("killed"));
        for (int epochs : new int[] {2, 9, 17}) {
            ChildJvm child = ChildJvm.builder("training", TrainingMain.class.getName())
                    .arguments(List.of(images.toString(), killed.folder().toString()))
                    .jvmArguments(List.of("-Xmx256m"))
                    .workingDirectory(folder)
                    .start(() -> epochsDone(killed) >= epochs, LONG);
            child.kill();
            assertThat(progress(killed).finished()).isFalse();
        }
        PhaseResult resumed = killed.run();

        assertThat(resumed.best()).isEqualTo(expected.best());
        assertThat(killed.last()).isEqualTo(undisturbed.last());
        assertThat(killed.history()).isEqualTo(undisturbed.history());
        assertThat(killed.history())
                .extracting(EpochRecord::epoch)
                .hasSize(TrainingMain.EPOCHS)
                .doesNotHaveDuplicates();
    }

    /** A limit on the size of files stands for the full disk: the write fails when half of it is done. */
    @Test
    void diskThatIsFullDuringACheckpointIsAClearErrorAndTheRunGoesOnFromTheOneBefore() throws Exception {
        Trial full = TrainingMain.trial(images, folder.resolve("full"));
        assertThatExceptionOfType(Trial.Stopped.class).isThrownBy(() -> full.run(Trial.stoppingAfter(3)));
        Progress before = progress(full);

        Path log = folder.resolve("full.log");
        int exitCode = trainWithSmallFilesOnly(full, log);

        assertThat(exitCode).isEqualTo(1);
        assertThat(log).content().contains("CheckpointException: cannot write", "MiB free", "resumes from there");
        assertThat(progress(full)).isEqualTo(before);
        assertThat(new CheckpointFolder(full.folder(), "best").load()).isPresent();
        full.run();
        assertThat(full.last()).isEqualTo(undisturbed.last());
        assertThat(full.history()).isEqualTo(undisturbed.history());
    }

    private static int trainWithSmallFilesOnly(Trial trial, Path log) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // 80 blocks are 40 or 80 KiB, by the shell; the weights take 100.
        ProcessBuilder process = new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -f 80; exec \"$@\"",
                "sh",
                java,
                "-Xmx256m",
                TrainingMain.class.getName(),
                images.toString(),
                trial.folder().toString());
        process.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process child =
                process.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            return child.waitFor();
        } finally {
            child.destroyForcibly();
        }
    }

    private static int epochsDone(Trial trial) {
        return Files.exists(trial.folder()) ? progress(trial).epoch() : 0;
    }

    private static Progress progress(Trial trial) {
        return new CheckpointFolder(trial.folder(), "last").progress().orElse(Progress.begin("small", ""));
    }
}
