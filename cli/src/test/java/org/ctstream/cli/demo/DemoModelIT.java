package org.ctstream.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ctstream.cli.CliRun;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.console.Json;
import org.ctstream.cli.model.HollowReleases;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.StoredRelease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo with a release of the user's. */
class DemoModelIT {
    @TempDir
    Path directory;

    @Test
    void releaseOfAFolderOrAnotherStoreIsServedAndNamedInTheReport() throws IOException {
        var store = new ModelStore(directory.resolve("models"));
        StoredRelease first = HollowReleases.save(store, "1", "first");
        HollowReleases.save(store, "2", "second");

        JsonNode fromFolder = demo("--model", first.folder().toString());
        JsonNode fromStore =
                demo("--model", "net:2", "--model-store", store.root().toString());

        // Engine "none" says that it is no network and keeps the version.
        assertThat(fromFolder.path("models"))
                .singleElement()
                .satisfies(model -> assertThat(model.asText()).isEqualTo("none:1"));
        assertThat(fromStore.path("models"))
                .singleElement()
                .satisfies(model -> assertThat(model.asText()).isEqualTo("none:2"));
    }

    @Test
    void releaseThatIsNotThereEndsTheDemoBeforeAnythingStarts() {
        CliRun run = CliRun.of("demo", "--model", "net:9", "--model-store", directory.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("no release net:9", "--model-store");
        assertThat(run.out()).doesNotContain("Starting Kafka");
    }

    private JsonNode demo(String... model) throws IOException {
        Path report = directory.resolve("report.json");
        var arguments = new ArrayList<>(List.of(
                "demo",
                "--engine",
                "none",
                "--count",
                "3",
                "--report",
                report.toString(),
                "--data-dir",
                directory.resolve("data").toString()));
        arguments.addAll(List.of(model));
        CliRun run = CliRun.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(ExitCodes.OK);
        assertThat(run.out()).contains("is in production", "model         none:");
        return Json.MAPPER.readTree(report.toFile());
    }
}
