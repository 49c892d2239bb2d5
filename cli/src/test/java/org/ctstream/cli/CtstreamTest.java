package org.ctstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CtstreamTest {

    static Stream<List<String>> everyCommand() {
        var paths = new ArrayList<List<String>>();
        collect(Ctstream.commandLine(), List.of(), paths);
        return paths.stream();
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void helpOfEveryCommandTellsUsageOptionsAndExitCodes(List<String> path) {
        var arguments = new ArrayList<>(path);
        arguments.add("--help");

        CliRun run = CliRun.of(arguments.toArray(String[]::new));

        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.out())
                .startsWith("Usage: ctstream" + (path.isEmpty() ? "" : " " + String.join(" ", path)))
                .contains("--help", "Exit codes:", "0", "1", "2");
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void everyCommandAndOptionIsDescribed(List<String> path) {
        CommandLine command = Ctstream.commandLine();
        for (String name : path) {
            command = Objects.requireNonNull(command.getSubcommands().get(name), name);
        }

        assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
        assertThat(command.getCommandSpec().options())
                .filteredOn(option -> !option.hidden())
                .allSatisfy(option -> assertThat(option.description())
                        .as(option.longestName())
                        .isNotEmpty());
    }

    @Test
    void missingCommandIsAUsageError() {
        assertThat(CliRun.of().exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(CliRun.of("topics").exitCode()).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void misspeltCommandIsAUsageErrorThatNamesIt() {
        CliRun run = CliRun.of("dmeo");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("dmeo");
    }

    @Test
    void versionNamesTheProductAndItsLibraries() {
        assertThat(CliRun.of("version").out())
                .containsPattern("ctstream +\\d+\\.\\d+")
                .containsPattern("kafka +4\\.")
                .containsPattern("djl +0\\.")
                .doesNotContain("${");
    }

    @Test
    void serviceWithoutConfigurationNamesEveryMissingKeyAtOnce() {
        CliRun run = CliRun.of("worker", "--no-environment", "-D", "batch.max.sice=1");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err())
                .contains("bootstrap.servers", "schema.registry.url", "did you mean batch.max.size")
                .doesNotContain("\tat ");
    }

    @Test
    void optionOverridesConfigurationFile(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("sink.properties"), "http.port=70000\nbootstrap.servers=x:1\n");

        CliRun run = CliRun.of("sink", "--no-environment", "--config", file.toString(), "-D", "http.port=80000");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("80000").doesNotContain("70000");
    }

    @Test
    void absentConfigurationFileIsAUsageErrorThatNamesIt() {
        CliRun run = CliRun.of("ingest", "--config", "no-such.properties");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).contains("no-such.properties");
    }

    @ParameterizedTest
    @MethodSource("services")
    void printedKeysHaveDefaultMeaningAndEnvironmentVariable(String service) {
        CliRun run = CliRun.of(service, "--print-config-keys");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
        assertThat(run.out()).contains("bootstrap.servers", "required", "CTSTREAM_HTTP_PORT", "default: ");
    }

    static Stream<String> services() {
        return Stream.of("gateway", "ingest", "worker", "sink");
    }

    @Test
    void redriveWantsEitherDryRunOrExecute() {
        assertThat(CliRun.of("dead-letters", "redrive").exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(CliRun.of("dead-letters", "redrive", "--dry-run", "--execute")
                        .exitCode())
                .isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void impossibleNumbersAreUsageErrors() {
        assertThat(CliRun.of("demo", "--count", "0").exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(CliRun.of("demo", "--workers", "0").exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(CliRun.of("demo", "--images", "no-such-folder").exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(CliRun.of("up", "--workers", "0").exitCode()).isEqualTo(ExitCodes.USAGE);
    }

    private static void collect(CommandLine command, List<String> path, List<List<String>> paths) {
        paths.add(path);
        for (Map.Entry<String, CommandLine> sub : command.getSubcommands().entrySet()) {
            var longer = new ArrayList<>(path);
            longer.add(sub.getKey());
            collect(sub.getValue(), List.copyOf(longer), paths);
        }
    }
}
