package org.ctstream.trainer.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.ctstream.trainer.evaluate.Evaluation;
import org.ctstream.trainer.evaluate.Scores;
import org.ctstream.trainer.history.EpochRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotsTest {
    /** Fewer pixels than any line of these pictures has. */
    private static final int LINE = 150;

    @TempDir
    private Path folder;

    @Test
    void curvesOfAllPhasesAreDrawnInBothColours() throws IOException {
        LearningCurves.write(folder, threePhases());

        for (String name : List.of(LearningCurves.LOSS, LearningCurves.AUC)) {
            BufferedImage picture = read(name);
            assertThat(pixels(picture, LineLook.TRAIN)).as(name).isGreaterThan(LINE);
            assertThat(pixels(picture, LineLook.VALIDATION)).as(name).isGreaterThan(LINE);
        }
    }

    @Test
    void rewritingLeavesNothingBehindButThePictures() throws IOException {
        LearningCurves.write(folder, threePhases().subList(0, 1));
        byte[] first = Files.readAllBytes(folder.resolve(LearningCurves.AUC));

        LearningCurves.write(folder, threePhases());

        assertThat(Files.readAllBytes(folder.resolve(LearningCurves.AUC))).isNotEqualTo(first);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(LearningCurves.LOSS, LearningCurves.AUC);
        }
    }

    @Test
    void divergedEpochsLeaveTheRestDrawn() throws IOException {
        var epochs = new ArrayList<>(threePhases());
        epochs.add(new EpochRecord("classifier", 9, 1, 1e-3, Double.NaN, Double.NaN, Double.POSITIVE_INFINITY, 0.5));

        LearningCurves.write(folder, epochs);

        assertThat(pixels(read(LearningCurves.LOSS), LineLook.TRAIN)).isGreaterThan(LINE);
    }

    @Test
    void runThatNeverMeasuredIsLeftOutOfTheComparison() throws IOException {
        var runs = new LinkedHashMap<String, List<EpochRecord>>();
        runs.put("measured", threePhases());
        runs.put("never", List.of(new EpochRecord("x", 1, 1, 1, 1, Double.NaN, 1, Double.NaN)));

        RunComparison.write(folder.resolve("runs.png"), runs);

        BufferedImage picture = read("runs.png");
        assertThat(pixels(picture, LineLook.numbered(0))).isGreaterThan(LINE);
        assertThat(pixels(picture, LineLook.numbered(1))).isZero();
    }

    @Test
    void evaluationHasAllThreePictures() throws IOException {
        Scores scores = new Scores(new double[] {.9, .2, .6, .4}, new boolean[] {true, false, true, true});

        EvaluationPlots.write(folder, scores, Evaluation.of(scores, 0.5));

        assertThat(pixels(read(EvaluationPlots.ROC), LineLook.VALIDATION)).isGreaterThan(LINE);
        assertThat(pixels(read(EvaluationPlots.CONFUSION), LineLook.VALIDATION)).isGreaterThan(5000);
        assertThat(pixels(read(EvaluationPlots.CALIBRATION), LineLook.VALIDATION))
                .isGreaterThan(LINE);
    }

    @Test
    void withoutNegativesTheOldRocCurveGoes() {
        Scores both = new Scores(new double[] {.9, .2}, new boolean[] {true, false});
        EvaluationPlots.write(folder, both, Evaluation.of(both, 0.5));
        Scores positives = new Scores(new double[] {.9}, new boolean[] {true});

        EvaluationPlots.write(folder, positives, Evaluation.of(positives, 0.5));

        assertThat(folder.resolve(EvaluationPlots.ROC)).doesNotExist();
        assertThat(folder.resolve(EvaluationPlots.CONFUSION)).exists();
    }

    @Test
    void folderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "");

        assertThatThrownBy(() -> LearningCurves.write(file.resolve("plots"), threePhases()))
                .isInstanceOf(PlotException.class)
                .hasMessageContaining("cannot write the plot")
                .hasMessageContaining("taken");
    }

    @Test
    void tableMarksTheBestEpochAndDashesWhatWasNotMeasured() {
        String[] lines = EpochTable.text(threePhases()).split("\n");

        assertThat(lines[0]).startsWith("PHASE").endsWith("VAL AUC");
        assertThat(lines).hasSize(10);
        assertThat(lines[1]).startsWith("finetune").contains("2:05 min", "1.00e-03", "0.7500", "0.6600", "0.6100");
        assertThat(lines[4]).startsWith("contrastive").endsWith("-");
        assertThat(lines[9]).startsWith("classifier").endsWith("0.8900 *");
        assertThat(lines[8]).doesNotEndWith("*");
    }

    private static List<EpochRecord> threePhases() {
        List<EpochRecord> epochs = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            String phase = List.of("finetune", "contrastive", "classifier").get(i / 3);
            double auc = phase.equals("contrastive") ? Double.NaN : 0.61 + i * 0.035;
            epochs.add(new EpochRecord(phase, i % 3 + 1, 125, 1e-3, 0.75 - i * 0.05, auc + 0.05, 0.8 - i * 0.03, auc));
        }
        return epochs;
    }

    private BufferedImage read(String name) throws IOException {
        return ImageIO.read(folder.resolve(name).toFile());
    }

    /** How many pixels have exactly the line's colour: those that smoothing has not mixed. */
    private static int pixels(BufferedImage picture, LineLook look) {
        int count = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                count += picture.getRGB(x, y) == look.colour().getRGB() ? 1 : 0;
            }
        }
        return count;
    }
}
