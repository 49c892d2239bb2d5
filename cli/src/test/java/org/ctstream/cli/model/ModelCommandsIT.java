package org.ctstream.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.ctstream.cli.CliRun;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.quantize.SmallRelease;
import org.ctstream.embedded.EmbeddedStack;
import org.ctstream.embedded.EmbeddedStackSettings;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.StoredRelease;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The life of two releases, told by commands on a real broker. The tests follow one another. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ModelCommandsIT {
    @TempDir
    static Path folder;

    private static EmbeddedStack stack;
    private static ModelStore store;
    private static StoredRelease candidate;

    @BeforeAll
    static void start() {
        stack = EmbeddedStack.start(EmbeddedStackSettings.in(folder.resolve("stack")));
        store = new ModelStore(folder.resolve("models"));
        SmallRelease.save(store, "1", 5);
        candidate = SmallRelease.save(store, "2", 6);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    @Order(1)
    void listWithoutATopicSaysHowToMakeIt() {
        CliRun run = onCluster("list", "--store", store.root().toString());

        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILURE);
        assertThat(run.err()).contains("ct.model.released", "topics create").doesNotContain("\tat ");
        assertThat(CliRun.of(
                                "topics",
                                "create",
                                "--bootstrap-server",
                                stack.bootstrapServers(),
                                "--registry",
                                stack.registryUrl())
                        .exitCode())
                .isEqualTo(ExitCodes.OK);
    }

    @Test
    @Order(2)
    void addedReleaseIsListedAndShownAndNotServedYet() {
        StoredRelease made = HollowReleases.save(new ModelStore(folder.resolve("made")), "1", "first");

        CliRun added = CliRun.of(
                "model",
                "add",
                made.folder().toString(),
                "--store",
                store.root().toString());
        CliRun shown =
                CliRun.of("model", "show", "net:1", "--store", store.root().toString());
        CliRun offline = CliRun.of(
                "model", "list", "--store-only", "--store", store.root().toString());

        assertThat(added.exitCode()).as(added.err()).isEqualTo(ExitCodes.OK);
        assertThat(added.out()).contains("net:1 is in", "model promote net:1");
        assertThat(shown.out())
                .contains(made.release().sha256(), "\"codeVersion\" : \"test\"", "net:0", "model-card.md", "0.9123");
        assertThat(offline.out()).contains("net:1", "0.9123", "0.8500", "2026-11-22T10:15:30Z");
        assertThat(row("net:1")).doesNotContain("\"served\":true").contains("\"store\":\"yes\"", "\"stage\":null");
    }

    @Test
    @Order(3)
    void promotionSaysWhatItReplacesAndIsAcknowledged() {
        HollowReleases.save(store, "2", "second");

        CliRun unasked = onStore("promote", "net:1");
        CliRun first = onStore("promote", "net:1", "--yes");
        CliRun second = onStore("promote", "net:2", "--yes");

        assertThat(unasked.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(unasked.err()).contains("--yes");
        assertThat(first.exitCode()).as(first.err()).isEqualTo(ExitCodes.OK);
        assertThat(first.out()).contains("No release is in production", "net:1 is in production", "offset 0");
        assertThat(second.out()).contains("net:2 replaces net:1", "offset 1");
        assertThat(row("net:2")).contains("\"stage\":\"production\"", "\"served\":true");
        assertThat(row("net:1")).contains("\"stage\":\"production\"", "\"served\":false");
        assertThat(onStore("list").out()).containsPattern("net:2 +production +yes +0.9123");
    }

    @Test
    @Order(4)
    void promotingTheEarlierOneAgainRollsBack() {
        CliRun back = onStore("promote", "net:1", "--yes");

        assertThat(back.out()).contains("net:1 replaces net:2");
        assertThat(row("net:1")).contains("\"served\":true");
    }

    @Test
    @Order(5)
    void retiringGoesBackAndTheLastOneNeedsForce() {
        CliRun retired = onCluster("retire", "net:1", "--yes");
        CliRun refused = onCluster("retire", "net:2", "--yes");
        CliRun forced = onCluster("retire", "net:2", "--yes", "--force");
        CliRun again = onCluster("retire", "net:2", "--yes");

        assertThat(retired.out()).contains("Workers go back to net:2", "net:1 is retired");
        assertThat(refused.exitCode()).isEqualTo(ExitCodes.FAILURE);
        assertThat(refused.err()).contains("only release in production", "--force");
        assertThat(forced.exitCode()).as(forced.err()).isEqualTo(ExitCodes.OK);
        assertThat(again.out()).contains("retired already");
        assertThat(row("net:2")).contains("\"stage\":\"retired\"", "\"served\":false");
    }

    @Test
    @Order(6)
    void releaseThatIsAbsentDamagedOrAnotherIsNotPromoted() throws Exception {
        StoredRelease damaged = HollowReleases.save(store, "3", "third");
        Files.write(damaged.weights(), new byte[] {1});
        var otherStore = new ModelStore(folder.resolve("other"));
        HollowReleases.save(otherStore, "1", "not the first");

        assertFails(onStore("promote", "net:9", "--yes"), "no release net:9");
        assertFails(onStore("promote", "net:3", "--yes"), "changed or damaged");
        assertFails(
                onCluster(
                        "promote",
                        "net:1",
                        "--yes",
                        "--store",
                        otherStore.root().toString()),
                "announced with other weights");
        assertFails(onCluster("retire", "net:9", "--yes"), "never announced");
        assertThat(onStore("promote", "net", "--yes").exitCode()).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    @Order(7)
    void candidateThatWasNotInShadowIsNotPromotedWhereThatIsAskedFor() {
        assertThat(onStore("promote", "small:1", "--yes", "--reason", "first of its kind")
                        .exitCode())
                .isEqualTo(ExitCodes.OK);

        assertFails(
                onStore("promote", "small:2", "--yes", "--require-shadow"),
                "ctstream model shadow small:2 --last 1100");
        assertThat(onStore("promote", "small:2", "--yes", "--min-scans", "5").exitCode())
                .as("without --require-shadow it would ask for nothing")
                .isEqualTo(ExitCodes.USAGE);
        assertFails(onStore("shadow", "small:2", "--engine", "pytorch", "--last", "10"), "no slice in this range");
    }

    @Test
    @Order(8)
    void candidateInShadowIsHeldAgainstProductionsResultsAndThenMayBePromoted() throws Exception {
        Path out = folder.resolve("shadow");
        try (var scans = new ShadowScans(stack.bootstrapServers(), stack.registryUrl(), candidate)) {
            scans.publish();
            CliRun shadow = onStore(
                    "shadow",
                    "small:2",
                    "--last",
                    "100",
                    "--engine",
                    "pytorch",
                    "--batch",
                    "8",
                    "--by",
                    "tester",
                    "--out",
                    out.toString());

            assertThat(shadow.exitCode()).as(shadow.err() + shadow.out()).isEqualTo(ExitCodes.OK);
            assertThat(shadow.out())
                    .containsPattern("scans compared +12")
                    .containsPattern("agreement +75.00 %")
                    .contains(
                            "ON 6 LABELLED SCANS (3 POSITIVE)", "flipping-9", "Published (ct.model.assessed, offset 0)")
                    .containsPattern("2  production has no result")
                    .containsPattern("1  its result is by another release")
                    .containsPattern("1  the candidate wants slices of another size");
            assertThat(out.resolve("report.json")).content().contains("\"kappa\"", "\"candidateCalibration\"");
            assertThat(out.resolve("report.md"))
                    .content()
                    .contains("small:2 in shadow of small:1", "candidate/roc.png");
            assertThat(out.resolve("production/calibration.png")).isNotEmptyFile();
            assertThat(scans.groups()).as("nobody was disturbed").isEmpty();

            CliRun both = onStore(
                    "shadow",
                    "small:2",
                    "--engine",
                    "pytorch",
                    "--last",
                    "14",
                    "--classify-production",
                    "--no-publish");
            assertThat(both.exitCode()).as(both.err()).isEqualTo(ExitCodes.OK);
            assertThat(both.out()).doesNotContain("has no result", "Published");
        }

        assertFails(
                onStore("promote", "small:2", "--yes", "--require-shadow", "--min-scans", "13"),
                "12 scans (wanted: 13");
        assertFails(
                onStore("promote", "small:2", "--yes", "--require-shadow", "--min-scans", "12"),
                "25.00 % of the scans");
        CliRun promoted =
                onStore("promote", "small:2", "--yes", "--require-shadow", "--min-scans", "12", "--max-flips", "0.25");
        assertThat(promoted.exitCode()).as(promoted.err()).isEqualTo(ExitCodes.OK);
        assertThat(promoted.out()).contains("small:2 replaces small:1");
    }

    @Test
    @Order(9)
    void rollbackGoesToTheReleaseBeforeAndAsksForNoShadow() {
        assertThat(onCluster("rollback").exitCode()).isEqualTo(ExitCodes.USAGE);

        CliRun back = onCluster("rollback", "--yes", "--reason", "misses apical findings");

        assertThat(back.exitCode()).as(back.err()).isEqualTo(ExitCodes.OK);
        assertThat(back.out()).contains("small:1 replaces small:2", "model retire small:2");
        assertThat(row("small:1")).contains("\"served\":true");
        assertThat(onStore("promote", "small:2", "--yes", "--require-shadow", "--min-scans", "1000000")
                        .out())
                .as("a way back too")
                .contains("small:2 is in production");
    }

    @Test
    @Order(10)
    void candidateRunsBesideLiveTraffic() throws Exception {
        try (var scans = new ShadowScans(stack.bootstrapServers(), stack.registryUrl(), candidate)) {
            var live = CompletableFuture.supplyAsync(() -> onStore(
                    "shadow",
                    "small:2",
                    "--against",
                    "small:1",
                    "--engine",
                    "pytorch",
                    "--live",
                    "--for",
                    "60s",
                    "--scans",
                    "2",
                    "--no-labels",
                    "--no-publish"));

            await().atMost(Duration.ofSeconds(60)).until(() -> {
                scans.next();
                return live.isDone();
            });

            assertThat(live.get().exitCode()).as(live.get().err()).isEqualTo(ExitCodes.OK);
            assertThat(live.get().out()).contains("live, 2 slices").containsPattern("scans compared +2");
        }
    }

    private static void assertFails(CliRun run, String reason) {
        assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILURE);
        assertThat(run.err()).contains(reason).doesNotContain("\tat ");
    }

    private static String row(String release) {
        return onStore("list", "--json")
                .out()
                .lines()
                .filter(line -> line.contains("\"" + release + "\""))
                .findFirst()
                .orElseThrow();
    }

    private static CliRun onStore(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--store", store.root().toString()));
        return onCluster(all.toArray(String[]::new));
    }

    private static CliRun onCluster(String... arguments) {
        var all = new ArrayList<>(List.of("model"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--bootstrap-server", stack.bootstrapServers(), "--registry", stack.registryUrl()));
        return CliRun.of(all.toArray(String[]::new));
    }
}
