package org.ctstream.cli.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ctstream.cli.CliRun;
import org.ctstream.cli.ExitCodes;
import org.ctstream.model.graph.quantized.Ranges;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.SafeTensors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantizeModelCommandTest {
    private static final ReleaseId INT8 = ReleaseId.parse("small:1-int8");
    private static final int SCANS = 12;
    private static final int VALIDATION = 20;

    @TempDir
    private Path folder;

    private ModelStore store;
    private StoredRelease original;
    private Path list;

    @BeforeEach
    void makeInputs() throws IOException {
        store = new ModelStore(folder.resolve("store"));
        original = SmallRelease.save(store);
        list = SmallRelease.list(folder, original, VALIDATION);
    }

    @Test
    void releaseThatKeepsItsAccuracyIsStoredWithWhatItLost() throws IOException {
        Path scans = scans(1);
        Files.copy(folder.resolve("labelled0.png"), scans.resolve("labelled.png"));
        Files.writeString(scans.resolve("notes.txt"), "no scan");

        CliRun run = quantize("--calibration", scans.toString(), "--max-auc-drop", "0.1", "--max-flips", "0.2");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.OK);
        assertThat(run.out()).contains("AUC", "times as fast", "Saved small:1-int8", "model promote small:1-int8");
        assertThat(run.err())
                .contains("Calibrating with 12 scans (left out: 1 unusable, 1 there twice or for validation)")
                .contains("20 of 20");
        StoredRelease stored = store.load(INT8);
        ModelRelease release = stored.release();
        assertThat(Ranges.areIn(SafeTensors.read(stored.weights()))).isTrue();
        assertThat(release.threshold()).isEqualTo(original.release().threshold());
        assertThat(release.lineage().parent()).isEqualTo("small:1");
        assertThat(release.lineage().labelOffsets()).containsEntry("0", 3L);
        assertThat(release.metrics().get("quantization.auc.float")).isEqualTo(1);
        assertThat(release.metrics().get("validation.auc")).isEqualTo(1, within(0.1));
        assertThat(release.metrics()).containsEntry("quantization.slices", 12.0).containsKey("quantization.flips");
        assertThat(stored.card().orElseThrow())
                .content()
                .contains("INT8 form of small:1", original.release().sha256(), "Not a medical device", "| AUC |")
                .contains("engine onnxruntime on cpu, asymmetric integers", "slices of the same patients");
        assertThat(release.description()).contains("calibrated with 12 scans", "asymmetric integers");
    }

    @Test
    void releaseThatLosesTooMuchIsNotStored() throws IOException {
        // Nothing in these scans is brighter than a grey of 6: what validation shows lies far beyond the ranges.
        CliRun run = quantize("--calibration", scans(0.03).toString());

        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILURE);
        assertThat(run.err()).contains("small:1-int8 is not stored", "1.0000", "0.01 is allowed (--max-auc-drop)");
        assertThat(store.contains(INT8)).isFalse();
    }

    @Test
    void tooFewScansSayHowManyWereLeftOut() throws IOException {
        Path scans = Files.createDirectory(folder.resolve("few"));
        SmallRelease.write(scans.resolve("a.png"), SmallRelease.slice(1, 1));
        SmallRelease.write(scans.resolve("b.png"), SmallRelease.slice(1, 1));

        CliRun run = quantize("--calibration", scans.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILURE);
        assertThat(run.err()).contains("with 1 scans", "8 or more", "1 there twice");
    }

    @Test
    void commandLineThatCannotWorkIsRefusedAtOnce() throws IOException {
        Path scans = scans(1);

        CliRun taken = CliRun.of(
                "model",
                "quantize",
                "small:1",
                "--to",
                "small:1",
                "--validation",
                list.toString(),
                "--store",
                store.root().toString());
        CliRun drop = quantize("--calibration", scans.toString(), "--max-auc-drop", "2");
        CliRun engine = quantize("--calibration", scans.toString(), "--engine", "onnxrutime");
        CliRun none = quantize("--calibration", scans.toString(), "--engine", "none");
        CliRun auto = quantize("--calibration", scans.toString(), "--engine", "auto");
        CliRun notHere = quantize("--calibration", scans.toString(), "--engine", "tensorrt");
        CliRun floats = quantize("--calibration", scans.toString(), "--engine", "pytorch");

        assertThat(taken.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(taken.err()).contains("has a release small:1 already", "another version");
        assertThat(drop.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(drop.err()).contains("--max-auc-drop 2.0 (expected: 0 to 1)");
        assertThat(engine.err()).contains("did you mean onnxruntime");
        for (CliRun run : List.of(floats, none, auto, notHere)) {
            assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
            assertThat(run.err()).contains("does not compute in integers", "expected: onnxruntime)");
        }
    }

    private Path scans(double contrast) throws IOException {
        Path scans = Files.createDirectory(folder.resolve("scans"));
        for (int i = 0; i < SCANS; i++) {
            SmallRelease.write(scans.resolve(i + ".png"), SmallRelease.slice(i, contrast));
        }
        return scans;
    }

    private CliRun quantize(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "model",
                "quantize",
                "small:1",
                "--to",
                INT8.toString(),
                "--validation",
                list.toString(),
                "--threads",
                "1",
                "--store",
                store.root().toString()));
        arguments.addAll(Arrays.asList(more));
        return CliRun.of(arguments.toArray(new String[0]));
    }
}
