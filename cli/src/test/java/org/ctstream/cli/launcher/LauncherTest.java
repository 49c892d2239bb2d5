package org.ctstream.cli.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.ctstream.service.config.ConfigSources;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ctstream} in an installed distribution, with a stand-in for {@code java} that tells how it is called. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
    private static final Path SCRIPT =
            Path.of("..", "ctstream").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    private Path home;

    private record Run(int exitCode, String output) {}

    @BeforeEach
    void install() throws IOException {
        home = Files.createDirectories(directory.resolve("opt with space/ctstream"));
        Files.createDirectories(home.resolve("lib"));
        Files.copy(SCRIPT, home.resolve("ctstream"));
    }

    @Test
    void scriptHasNoSyntaxErrors() throws Exception {
        assertThat(run(directory, List.of("bash", "-n", SCRIPT.toString()), "17")
                        .exitCode())
                .isZero();
    }

    @Test
    void installedDistributionRunsFromAnyFolderThroughALinkWithoutABuild() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), home.resolve("ctstream"));

        Run run = run(Path.of("/"), List.of("bash", link.toString(), "demo", "--images", "a b"), "17");

        assertThat(run.exitCode()).isZero();
        assertThat(run.output())
                .contains("<" + home.toRealPath() + "/lib/*>", "<org.ctstream.cli.Ctstream>", "<demo>", "<a b>")
                .contains("<-Dctstream.registry.home=" + home.toRealPath() + "/registry>")
                .contains("DJL_OFFLINE=true")
                .doesNotContain("native-access");
    }

    @Test
    void workerGetsTheAllocatorSettingsAndNewJavaItsFlags() throws Exception {
        Run run = run(home, List.of("./ctstream", "worker"), "25");

        assertThat(run.output()).contains("MALLOC_TOP_PAD_=268435456", "<--enable-native-access=ALL-UNNAMED>");
    }

    @Test
    void exitCodeIsTheProgramsOwn() throws Exception {
        assertThat(run(home, List.of("./ctstream", "exit-7"), "17").exitCode()).isEqualTo(7);
    }

    @Test
    void javaThatIsTooOldIsNamedWithTheRemedy() throws Exception {
        Run run = run(home, List.of("./ctstream", "version"), "11");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).contains("Java 11", "17 or newer", "JAVA_HOME");
    }

    @Test
    void scriptCopiedAwayFromItsProgramSaysSo() throws Exception {
        Files.delete(home.resolve("lib"));

        Run run = run(home, List.of("./ctstream", "version"), "17");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).contains("Link to it");
    }

    /** A service reads the whole environment and stops at a variable of ours it does not know. */
    @Test
    void servicesAcceptEveryVariableOfTheScript() throws IOException {
        List<String> variables = Pattern.compile("CTSTREAM_[A-Z_]+")
                .matcher(Files.readString(SCRIPT))
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();

        assertThat(variables).contains("CTSTREAM_JAVA_OPTS", "CTSTREAM_REBUILD");
        assertThat(variables)
                .allSatisfy(variable -> assertThat(ConfigSources.merge(null, Map.of(variable, "1"), Map.of()))
                        .as(variable)
                        .isEmpty());
    }

    private Run run(Path workingDirectory, List<String> command, String javaVersion) throws Exception {
        Path java = fakeJava(javaVersion);
        var process = new ProcessBuilder(new ArrayList<>(command))
                .directory(workingDirectory.toFile())
                .redirectErrorStream(true);
        Map<String, String> environment = process.environment();
        environment.put("JAVA_HOME", java.toString());
        environment.keySet().removeIf(name -> name.startsWith("CTSTREAM_") || name.startsWith("MALLOC_"));
        Process started = process.start();
        String output = new String(started.getInputStream().readAllBytes(), UTF_8);
        assertThat(started.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Run(started.exitValue(), output);
    }

    private Path fakeJava(String version) throws IOException {
        Path javaHome = directory.resolve("jdk-" + version);
        Path java = Files.createDirectories(javaHome.resolve("bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                case "$*" in
                  *-XshowSettings*) echo "    java.specification.version = %s" >&2; exit 0 ;;
                  *exit-7*) exit 7 ;;
                esac
                for argument in "$@"; do echo "<$argument>"; done
                env | grep -E '^(DJL|MALLOC)_'
                exit 0
                """.formatted(version));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return javaHome;
    }
}
