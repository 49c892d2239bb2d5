package org.ctstream.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.ctstream.cli.CliRun;
import org.ctstream.cli.ExitCodes;
import org.ctstream.model.network.DenseNetLayout;
import org.ctstream.model.release.Lineage;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.model.untrained.SeededWeights;
import org.ctstream.model.weights.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engine {@code none} says the grey of an evenly grey image, so that every number is known beforehand. */
class EvaluateCommandTest {
    private static final String MODEL = "tiny:1.0.0";

    @TempDir
    private Path folder;

    @BeforeEach
    void saveRelease() {
        var layout = new DenseNetLayout("tiny", 4, List.of(2, 2), 8, 2);
        Weights weights = SeededWeights.of(layout, 1);
        new ModelStore(folder.resolve("store"))
                .save(
                        new ModelRelease(
                                "tiny",
                                "1.0.0",
                                "For tests.",
                                layout.name(),
                                weights.sha256(),
                                64,
                                64,
                                List.of(0.5, 0.5, 0.5),
                                Collections.nCopies(3, 0.25),
                                List.of("negative", "positive"),
                                0.6,
                                true,
                                Map.of(),
                                new Lineage(Map.of(), 1, "test", null),
                                Instant.parse("2026-11-22T10:15:30Z")),
                        weights);
    }

    @Test
    void metricsPlotsAndProbabilitiesAreWritten() throws IOException {
        Path list = list("test.csv", "51,0", "102,1", "153,0", "204,1", "255,1");
        Files.writeString(list, Files.readString(list) + "absent.png,1\n");

        CliRun run = evaluate(
                "--model",
                MODEL,
                "--data",
                list.toString(),
                "--split-name",
                "hold-out",
                "--report",
                file("report.json"),
                "--plots",
                file("plots"),
                "--per-image",
                file("images.csv"));

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.out())
                .contains("hold-out: 5 images of test.csv, 3 positive, 2 negative", "0.8333", "test.csv:7")
                .contains("untrained", "Not a medical device.");
        JsonNode report =
                new ObjectMapper().readTree(folder.resolve("report.json").toFile());
        assertThat(report.at("/metrics/auc/value").asDouble()).isEqualTo(5.0 / 6, within(1e-12));
        assertThat(report.at("/metrics/sensitivity/value").asDouble()).isEqualTo(2.0 / 3, within(1e-12));
        assertThat(report.at("/metrics/specificity/value").asDouble()).isEqualTo(0.5);
        assertThat(report.at("/metrics/brier").asDouble()).isEqualTo((.04 + .36 + .36 + .04 + 0) / 5, within(1e-12));
        assertThat(report.at("/threshold/value").asDouble()).isEqualTo(0.6);
        assertThat(report.at("/threshold/source").asText()).isEqualTo("release");
        assertThat(report.at("/refused")).hasSize(1);
        assertThat(Files.readAllLines(folder.resolve("images.csv")))
                .hasSize(6)
                .first()
                .isEqualTo("digest,label,probability");
        assertThat(folder.resolve("plots")).isDirectoryContaining("glob:**/roc.png");
    }

    @Test
    void thresholdComesFromTheOtherListOnly() throws IOException {
        Path list = list("test.csv", "50,0", "100,1");
        Path validation = list("validation.csv", "20,0", "30,0", "70,1", "80,1");

        CliRun run = evaluate(
                "--model",
                MODEL,
                "--data",
                list.toString(),
                "--choose-threshold-on",
                validation.toString(),
                "--report",
                file("report.json"));

        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        JsonNode report =
                new ObjectMapper().readTree(folder.resolve("report.json").toFile());
        assertThat(report.at("/threshold/value").asDouble()).isEqualTo(50.0 / 255, within(1e-12));
        assertThat(report.at("/threshold/source").asText()).isEqualTo("youden on 4 images of validation.csv");
        assertThat(report.at("/data/images").asInt()).isEqualTo(2);
    }

    @Test
    void thresholdIsNotChosenOnTheImagesReportedOn() throws IOException {
        Path list = list("test.csv", "50,0", "100,1");

        CliRun run = evaluate("--model", MODEL, "--data", list.toString(), "--choose-threshold-on", list.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILURE);
        assertThat(run.err()).contains("2 image(s) of the test split also stand in training or validation");
    }

    @Test
    void oneClassLeavesItsMetricsUndefined() throws IOException {
        CliRun run = evaluate(
                "--model",
                MODEL,
                "--data",
                list("test.csv", "50,1").toString(),
                "--report",
                file("report.json"),
                "--plots",
                file("plots"));

        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        JsonNode report =
                new ObjectMapper().readTree(folder.resolve("report.json").toFile());
        assertThat(report.at("/metrics/auc/value").isNull()).isTrue();
        assertThat(report.at("/metrics/sensitivity/value").asDouble()).isZero();
        assertThat(folder.resolve("plots/roc.png")).doesNotExist();
    }

    @Test
    void releaseFolderAndWeightsFileWithManifestAreTheSameModel() throws IOException {
        String list = list("test.csv", "50,0", "200,1").toString();
        Path release = folder.resolve("store/tiny/1.0.0");
        Path manifest = Files.copy(release.resolve("manifest.json"), folder.resolve("elsewhere.json"));

        CliRun fromFolder = evaluate("--model", release.toString(), "--data", list);
        CliRun fromFile = evaluate(
                "--model",
                release.resolve("weights.safetensors").toString(),
                "--manifest",
                manifest.toString(),
                "--data",
                list);

        assertThat(fromFolder.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(fromFile.exitCode()).isEqualTo(ExitCodes.OK);
        String model = fromFolder.out().lines().findFirst().orElseThrow();
        assertThat(model).startsWith("model ").contains("weights");
        assertThat(fromFile.out()).contains(model, "0.6000 (release)");
    }

    @Test
    void damagedWeightsAreNotEvaluated() throws IOException {
        Path release = folder.resolve("store/tiny/1.0.0");
        Files.writeString(release.resolve("weights.safetensors"), "damaged");

        CliRun run = evaluate(
                "--model",
                release.toString(),
                "--data",
                list("test.csv", "50,0").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("changed or damaged");
    }

    @Test
    void listWithoutAUsableImageIsAnError() throws IOException {
        Path list = Files.writeString(folder.resolve("empty.csv"), "path,label\nabsent.png,1\n");

        CliRun run = evaluate("--model", MODEL, "--data", list.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILURE);
        assertThat(run.err()).contains("No image of", "empty.csv:2");
    }

    @Test
    void twoWaysToAThresholdExcludeEachOther() {
        CliRun run = evaluate("--data", "a.csv", "--threshold", "0.4", "--choose-threshold-on", "b.csv");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("exclude each other");
    }

    @Test
    void unknownAimNamesTheKnownOnes() {
        CliRun run = evaluate("--data", "a.csv", "--threshold-aim", "sensitivity=2");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("sensitivity=2", "youden, accuracy");
    }

    @Test
    void helpIsFormatted() {
        CliRun run = CliRun.of("evaluate", "--help");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.out().replaceAll("\\s+", " ")).contains("95 % intervals.", "Default: pytorch");
    }

    @Test
    void profileSaysHowProbabilitiesAreDistributedAndIsCalledAfterTheWeights() throws IOException {
        Path list = list("train.csv", "60,0", "110,1", "160,1", "255,1");

        CliRun run = CliRun.of(
                "model",
                "profile",
                "--engine",
                "none",
                "--model-store",
                file("store"),
                "--model",
                MODEL,
                "--data",
                list.toString(),
                "-o",
                file("profiles"));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.OK);
        String digest = new ModelStore(folder.resolve("store"))
                .load(ReleaseId.parse(MODEL))
                .release()
                .sha256();
        JsonNode profile = new ObjectMapper()
                .readTree(folder.resolve("profiles/" + digest + ".json").toFile());
        assertThat(profile.path("digest").asText()).isEqualTo(digest);
        // 60 / 255 = 0.235, 0.431, 0.627 and 1, in twentieths.
        assertThat(profile.at("/probabilities/counts").toString())
                .isEqualTo("[0,0,0,0,1,0,0,0,1,0,0,0,1,0,0,0,0,0,0,1]");
    }

    private CliRun evaluate(String... arguments) {
        List<String> all = new ArrayList<>(List.of("evaluate", "--engine", "none"));
        all.addAll(List.of("--model-store", folder.resolve("store").toString()));
        all.addAll(Arrays.asList(arguments));
        return CliRun.of(all.toArray(new String[0]));
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    /** A list of evenly grey images, each given as grey and label. */
    private Path list(String name, String... images) throws IOException {
        var lines = new ArrayList<>(List.of("path,label"));
        for (String image : images) {
            int grey = Integer.parseInt(image.substring(0, image.indexOf(',')));
            var picture = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
            byte[] pixels = new byte[64 * 64];
            Arrays.fill(pixels, (byte) grey);
            picture.getRaster().setDataElements(0, 0, 64, 64, pixels);
            ImageIO.write(picture, "png", folder.resolve(grey + ".png").toFile());
            lines.add(image.replace(",", ".png,"));
        }
        return Files.write(folder.resolve(name), lines);
    }
}
