package org.ctstream.cli.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ctstream.cli.CliRun;
import org.ctstream.cli.ExitCodes;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.ctstream.imaging.slice.GreySlice;
import org.ctstream.imaging.slice.SliceNormalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateCommandsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void checkCountsWhatIsRefusedOfEachPlaceAndView() throws IOException {
        phantoms("ward", 8);
        Files.writeString(folder.resolve("ward/notes.txt"), "no image");

        CliRun run = CliRun.of("model", "gate", "check", "--turned", "Ward 3=" + folder.resolve("ward"));

        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.out().lines().filter(line -> line.startsWith("Ward 3"))).hasSize(5);
        assertThat(run.out())
                .containsPattern("Ward 3 +as they are +8 +0 +0\\.00 %")
                .containsPattern("swapped +8 +[4-8] ");
        assertThat(run.err()).contains("Ward 3: 1 files are no images");
    }

    @Test
    void gateFittedToOnesOwnImagesJudgesThem() throws IOException {
        phantoms("clinic", 110);
        Path gate = folder.resolve("gate.json");

        CliRun fit = CliRun.of(
                "model",
                "gate",
                "fit",
                "--phantoms",
                "0",
                "--refuse",
                "0.05",
                "--name",
                "clinic-1",
                "--images",
                folder.resolve("clinic").toString(),
                "-o",
                gate.toString());
        CliRun check = CliRun.of(
                "model",
                "gate",
                "check",
                "--parameters",
                gate.toString(),
                folder.resolve("clinic").toString());

        assertThat(fit.exitCode()).as(fit.err()).isEqualTo(ExitCodes.OK);
        assertThat(fit.out()).contains("clinic: 110 slices").contains("refuses slices further away than");
        assertThat(check.out()).containsPattern("clinic +as they are +110 +[0-9] ");
    }

    @Test
    void fewImagesAreRefusedWithTheirNumber() throws IOException {
        phantoms("few", 3);

        CliRun run = CliRun.of(
                "model",
                "gate",
                "fit",
                "--phantoms",
                "0",
                "--name",
                "x",
                "--images",
                folder.resolve("few").toString(),
                "-o",
                folder.resolve("x.json").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("few has 3 slices (expected: at least 100)");
    }

    @Test
    void halvesOfAFolderShareNoImageAndMissNone() {
        for (int i = 0; i < 50; i++) {
            Path file = Path.of("slice-" + i + ".png");
            assertThat(Half.FIRST.takes(file)).isNotEqualTo(Half.SECOND.takes(file));
            assertThat(Half.BOTH.takes(file)).isTrue();
        }
    }

    @Test
    void viewsMoveEveryPixelToItsPlace() {
        byte[] pixels = new byte[SliceNormalizer.SIDE * SliceNormalizer.SIDE];
        pixels[3] = 100; // first row, fourth column
        var slice = new GreySlice(SliceNormalizer.SIDE, SliceNormalizer.SIDE, pixels);

        assertThat(View.MIRRORED.of(slice).at(0, 220)).isEqualTo(100);
        assertThat(View.HALF_TURN.of(slice).at(223, 220)).isEqualTo(100);
        assertThat(View.QUARTER_TURN.of(slice).at(3, 223)).isEqualTo(100);
        assertThat(View.INVERTED.of(slice).at(0, 3)).isEqualTo(155);
    }

    private void phantoms(String name, int count) throws IOException {
        Files.createDirectories(folder.resolve(name));
        for (int i = 0; i < count; i++) {
            Files.write(
                    folder.resolve(name).resolve(i + ".png"),
                    new PhantomSlices(96).generate(9_000 + i, i % 2 == 0).toPng());
        }
    }
}
