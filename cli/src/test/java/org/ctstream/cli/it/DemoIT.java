package org.ctstream.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.ctstream.cli.CliRun;
import org.ctstream.cli.ExitCodes;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command a newcomer types first, with good and bad files; every service a process of its own. */
class DemoIT {
    private static final int GOOD = 30;

    @TempDir
    Path directory;

    @Test
    void everyFileBecomesOneResultOrOneDeadLetterAndTheSecondRunCountsItsOwnAlone() throws IOException {
        Path images = Files.createDirectories(directory.resolve("images"));
        List<String> good = writePhantoms(images);
        BadFiles.writeTo(images);
        Files.writeString(images.resolve(".DS_Store"), "not a scan");
        Path report = directory.resolve("report.json");
        Path data = directory.resolve("data");

        CliRun run = demo("--images", images.toString(), "--report", report.toString(), "--data-dir", data.toString());

        assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(ExitCodes.OK);
        JsonNode json = new ObjectMapper().readTree(report.toFile());
        assertThat(json.path("published").asInt()).isEqualTo(GOOD + BadFiles.COUNT);
        assertThat(json.path("normalized").asInt()).isEqualTo(GOOD);
        assertThat(json.path("classified").asInt()).isEqualTo(GOOD);
        assertThat(json.path("stored").asInt()).isEqualTo(GOOD);
        assertThat(json.path("deadLettered").asInt()).isEqualTo(BadFiles.COUNT);
        assertThat(json.path("duplicates").asInt()).isZero();
        assertThat(json.path("complete").asBoolean()).isTrue();
        assertThat(texts(json.path("results"), "source")).containsExactlyInAnyOrderElementsOf(good);
        assertThat(texts(json.path("deadLetters"), "source")).containsExactlyInAnyOrderElementsOf(BadFiles.NAMES);
        assertThat(new TreeSet<>(texts(json.path("deadLetters"), "reason")))
                .containsExactly("empty", "too-large", "truncated", "unknown-format");
        assertThat(json.path("results"))
                .allSatisfy(
                        row -> assertThat(row.path("modelTrained").asBoolean()).isFalse());
        assertThat(run.out()).contains("untrained", "Dead letters", "accounted for");

        CliRun second = demo("--count", "3", "--report", report.toString(), "--data-dir", data.toString());

        assertThat(second.exitCode()).as(second.err() + second.out()).isEqualTo(ExitCodes.OK);
        JsonNode again = new ObjectMapper().readTree(report.toFile());
        assertThat(again.path("published").asInt()).isEqualTo(3);
        assertThat(again.path("stored").asInt()).isEqualTo(3);
        assertThat(again.path("results")).hasSize(3);
        assertThat(again.path("deadLetters")).isEmpty();
    }

    @Test
    void serviceThatCannotStartEndsTheDemoWithItsReason() {
        CliRun run = demo("--count", "1", "-D", "worker.engine=warp");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILURE);
        assertThat(run.err()).contains("worker-1", "warp", "The logs are in");
    }

    private static CliRun demo(String... options) {
        var arguments = new ArrayList<>(List.of("demo", "--engine", "none"));
        arguments.addAll(List.of(options));
        return CliRun.of(arguments.toArray(String[]::new));
    }

    private static List<String> writePhantoms(Path images) throws IOException {
        var slices = new PhantomSlices(128);
        var names = new ArrayList<String>();
        for (int i = 0; i < GOOD; i++) {
            var phantom = slices.generate(i, i % 4 < 2);
            // Folders, spaces, names without an extension: nothing but the content counts.
            String name = i % 2 == 0 ? "patient " + i % 3 + "/slice-" + i + ".png" : "dicom/IM" + i;
            Path file = images.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, i % 2 == 0 ? phantom.toPng() : phantom.toDicom());
            names.add(name);
        }
        return names;
    }

    private static List<String> texts(JsonNode rows, String field) {
        var texts = new ArrayList<String>();
        rows.forEach(row -> texts.add(row.path(field).asText()));
        return texts;
    }
}
