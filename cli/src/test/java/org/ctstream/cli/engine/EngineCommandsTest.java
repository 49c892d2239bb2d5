package org.ctstream.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ctstream.cli.CliRun;
import org.ctstream.cli.ExitCodes;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineCommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @BeforeEach
    void saveRelease() {
        SmallRelease.save(folder.resolve("store"));
    }

    @Test
    void listHasEveryEngineWithEachDeviceAndARemedyForWhatIsMissing() throws IOException {
        CliRun run = CliRun.of("engine", "list", "--json");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        List<String> available = new ArrayList<>();
        for (String line : run.out().lines().toList()) {
            JsonNode row = JSON.readTree(line);
            if (row.get("available").asBoolean()) {
                available.add(
                        row.get("engine").asText() + " " + row.get("device").asText());
                assertThat(row.get("version").asText()).isNotBlank();
            } else {
                assertThat(row.get("reason").asText()).isNotBlank();
                assertThat(row.get("remedy").asText()).isNotBlank();
            }
        }
        assertThat(available).contains("none cpu", "pytorch cpu");
        assertThat(run.out()).contains("\"engine\":\"none\",\"device\":\"gpu-0\",\"available\":false");
        assertThat(CliRun.of("engine", "list").out()).startsWith("ENGINE");
    }

    @Test
    void everyEngineOfThisMachineAgreesWithTheReference() throws IOException {
        CliRun run = check("--images", "4", "--json");

        JsonNode report = JSON.readTree(run.out());
        assertThat(report.get("machine").get("processors").asInt()).isPositive();
        assertThat(report.get("reference").asText()).startsWith("pytorch ");
        assertThat(report.get("slices").asText()).isEqualTo("4 synthetic slices");
        assertThat(report.get("engines").size()).isPositive();
        for (JsonNode engine : report.get("engines")) {
            assertThat(engine.get("result").asText()).as(engine.toString()).isEqualTo("same");
            assertThat(engine.get("parity").get("slices").asInt()).isEqualTo(4);
        }
        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    }

    @Test
    void engineThatAnswersOtherwiseFailsTheCheck() {
        CliRun run = check("--engine", "none", "--images", "4");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILURE);
        assertThat(run.out()).containsPattern("none +cpu +fp32 +different").contains("Machine:");
    }

    @Test
    void toleranceIsTheGivenOne() {
        List<String> arguments = List.of("--engine", "onnxruntime", "--device", "cpu", "--images", "2", "--tolerance");

        CliRun narrow =
                check(Stream.concat(arguments.stream(), Stream.of("1e-12")).toArray(String[]::new));
        CliRun wide = check(Stream.concat(arguments.stream(), Stream.of("1")).toArray(String[]::new));

        assertThat(narrow.exitCode()).isEqualTo(ExitCodes.FAILURE);
        assertThat(narrow.out()).contains("onnxruntime on cpu and the reference are different", "allowed 1.0e-1");
        assertThat(wide.exitCode()).isEqualTo(ExitCodes.OK);
    }

    @Test
    void engineWithoutHeatmapsDiffersHoweverWideTheTolerance() {
        CliRun run = check("--engine", "none", "--images", "2", "--tolerance", "1");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILURE);
        assertThat(run.out()).contains("heatmaps of 2 slices are there on one side only or of another size");
    }

    @Test
    void autoIsCheckedAsTheEngineItChooses() {
        CliRun run = check("--engine", "auto", "--device", "cpu", "--images", "2");

        assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCodes.OK);
        assertThat(run.out())
                .containsPattern("(?m)^(pytorch|onnxruntime) +cpu +fp32 +same")
                .doesNotContain("\nauto");
    }

    @Test
    void scansOfAFolderAreComparedAndWhatIsNoneIsCounted() throws IOException {
        Path scans = Files.createDirectory(folder.resolve("scans"));
        Files.write(
                scans.resolve("a.png"),
                new PhantomSlices(128).generate(1, false).toPng());
        Files.write(
                scans.resolve("b.dcm"), new PhantomSlices(128).generate(2, true).toDicom());
        Files.writeString(scans.resolve("notes.txt"), "no scan");

        CliRun run = check("--engine", "pytorch", "--device", "cpu", "--folder", scans.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.out())
                .contains("Slices:    2 scans of the folder; passed over {")
                .contains("0 of 2");
    }

    @Test
    void folderWithoutAScanIsRefused() throws IOException {
        Path scans = Files.createDirectory(folder.resolve("scans"));
        Files.writeString(scans.resolve("notes.txt"), "no scan");

        CliRun run = check("--engine", "pytorch", "--folder", scans.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("There is no scan that can be decoded");
    }

    @Test
    void deviceThatIsNotThereFailsTheCheckSayingWhatToInstall() {
        CliRun run = check("--engine", "pytorch", "--device", "gpu:99");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILURE);
        assertThat(run.err())
                .contains("Engine pytorch is not available here: pytorch on gpu-99: CUDA devices found: ")
                .contains("install the NVIDIA driver");
    }

    @Test
    void optionThatANamedEngineRefusesFailsTheCheck() {
        CliRun run = check("--engine", "pytorch", "--device", "cpu", "--precision", "fp16", "--images", "1");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILURE);
        assertThat(run.out()).contains("pytorch on cpu refused: engine pytorch computes in float32 only");
    }

    @Test
    void unknownEngineIsRefusedWithTheNames() {
        CliRun run = check("--engine", "pytroch");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("did you mean pytorch?");
    }

    @Test
    void benchHasEveryBatchSizeOfEveryEngineWithTheRatioToTheReference() throws IOException {
        CliRun run = bench("--engine", "none", "--batch", "1,3", "--seconds", "0.05", "--threads", "1", "--json");

        JsonNode report = JSON.readTree(run.out());
        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(report.get("machine").get("processor").asText()).isNotBlank();
        assertThat(report.get("reference").asText()).isEqualTo("pytorch on cpu");
        List<String> rows = new ArrayList<>();
        for (JsonNode row : report.get("rows")) {
            rows.add(row.get("engine").asText() + " " + row.get("batch").asInt());
            assertThat(row.get("p50Millis").asDouble())
                    .isPositive()
                    .isLessThanOrEqualTo(row.get("p99Millis").asDouble());
            assertThat(row.get("ratioToReference").asDouble()).isPositive();
        }
        assertThat(rows).containsExactly("pytorch 1", "none 1", "pytorch 3", "none 3");
        assertThat(report.get("rows").get(0).get("ratioToReference").asDouble()).isEqualTo(1);
        assertThat(report.get("rows").get(1).get("ratioToReference").asDouble()).isGreaterThan(1);
        assertThat(report.get("rows").get(0).get("threads").asInt()).isEqualTo(1);
    }

    @Test
    void benchTableNamesTheMachineAndWhatWasRefused() {
        CliRun run =
                bench("--engine", "pytorch", "--device", "cpu", "--sessions", "2", "--batch", "1", "--seconds", "0.01");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILURE);
        assertThat(run.out())
                .contains("Machine:   ")
                .contains("Not run:   pytorch on cpu: engine pytorch has one session")
                .containsPattern("pytorch +cpu +1 +\\d+ ");
    }

    @Test
    void numbersThatCannotBeUsedAreRefused() {
        assertThat(bench("--batch", "0").exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(bench("--batch", "2000").exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(bench("--seconds", "0").exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(check("--images", "0").exitCode()).isEqualTo(ExitCodes.USAGE);
    }

    private CliRun check(String... arguments) {
        return engine("check", arguments);
    }

    private CliRun bench(String... arguments) {
        return engine("bench", arguments);
    }

    private CliRun engine(String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of("engine", command, "--model", SmallRelease.ID));
        all.addAll(List.of("--model-store", folder.resolve("store").toString()));
        all.addAll(List.of(arguments));
        return CliRun.of(all.toArray(String[]::new));
    }
}
