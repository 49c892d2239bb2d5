package org.ctstream.model.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.ctstream.model.TestReleases;
import org.ctstream.model.classify.Precision;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseSource;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlanStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-23T04:00:00Z");
    private static final String WEIGHTS = "a".repeat(64);
    private static final String GRAPH = "b".repeat(64);
    private static final PlanKey KEY = new PlanKey(WEIGHTS, GRAPH, "NVIDIA A10", "8.6", "8.6.1", Precision.FP16, 32);

    @TempDir
    private Path folder;

    private ModelStore models;
    private StoredRelease release;
    private PlanStore plans;

    @BeforeEach
    void storeARelease() {
        models = new ModelStore(folder.resolve("models"));
        Weights weights = TestReleases.weights();
        release = models.save(TestReleases.release("1.0.0", weights), weights);
        plans = new PlanStore(release, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void storedPlanIsFoundByItsKeyWithItsDigest() throws Exception {
        StoredPlan stored = plans.save(KEY, file -> Files.writeString(file, "plan"));

        assertThat(plans.find(KEY)).isEqualTo(new PlanLookup.Found(stored));
        assertThat(stored.file()).hasContent("plan").hasExtension("trt");
        assertThat(stored.createdAt()).isEqualTo(NOW);
        assertThat(stored.sha256()).hasSize(64);
    }

    @Test
    void releaseWithPlansLoadsListsAndCopiesAsOneWithout() throws Exception {
        plans.save(KEY, file -> Files.writeString(file, "plan"));

        assertThat(models.load(release.release().id())).isEqualTo(release);
        assertThat(models.list()).containsExactly(release.release().id());
        StoredRelease copy = new ModelStore(folder.resolve("copy")).add(ReleaseSource.folder(release.folder()));
        assertThat(copy.release()).isEqualTo(release.release());
        assertThat(copy.folder().resolve(PlanStore.FOLDER)).doesNotExist();
    }

    static List<PlanKey> otherKeys() {
        return List.of(
                new PlanKey("c".repeat(64), GRAPH, "NVIDIA A10", "8.6", "8.6.1", Precision.FP16, 32),
                new PlanKey(WEIGHTS, "c".repeat(64), "NVIDIA A10", "8.6", "8.6.1", Precision.FP16, 32),
                new PlanKey(WEIGHTS, GRAPH, "NVIDIA A10G", "8.6", "8.6.1", Precision.FP16, 32),
                new PlanKey(WEIGHTS, GRAPH, "NVIDIA A10", "8.9", "8.6.1", Precision.FP16, 32),
                new PlanKey(WEIGHTS, GRAPH, "NVIDIA A10", "8.6", "8.6.2", Precision.FP16, 32),
                new PlanKey(WEIGHTS, GRAPH, "NVIDIA A10", "8.6", "8.6.1", Precision.FP32, 32),
                new PlanKey(WEIGHTS, GRAPH, "NVIDIA A10", "8.6", "8.6.1", Precision.FP16, 8));
    }

    @ParameterizedTest
    @MethodSource("otherKeys")
    void planIsNotUsedForAnyOtherKey(PlanKey other) throws Exception {
        plans.save(KEY, file -> Files.writeString(file, "plan"));

        assertThat(plans.find(other)).isInstanceOf(PlanLookup.None.class);
    }

    @Test
    void reasonNamesTheNearestPlanAndWhatDiffers() throws Exception {
        plans.save(KEY, file -> Files.writeString(file, "plan"));
        plans.save(
                new PlanKey(WEIGHTS, GRAPH, "Tesla T4", "7.5", "8.4.1", Precision.FP32, 1),
                file -> Files.writeString(file, "another"));

        assertThat(reason(new PlanKey(WEIGHTS, GRAPH, "NVIDIA A10", "8.6", "8.6.1", Precision.FP16, 8)))
                .contains("none of the 2 in")
                .endsWith("the nearest differs in (wanted, found): batch (8, 32)");
    }

    @Test
    void emptyStoreSaysSo() {
        assertThat(reason(KEY)).isEqualTo("there is none in " + plans.folder());
    }

    @Test
    void changedPlanIsNotUsed() throws Exception {
        StoredPlan stored = plans.save(KEY, file -> Files.writeString(file, "plan"));
        Files.writeString(stored.file(), "plan of somebody else");

        assertThat(reason(KEY)).contains("was changed or damaged").contains("make it again");
    }

    @Test
    void lostPlanIsNotUsed() throws Exception {
        Files.delete(plans.save(KEY, file -> Files.writeString(file, "plan")).file());

        assertThat(reason(KEY)).contains("cannot be read");
    }

    @Test
    void descriptionThatLeadsOutOfTheFolderIsIgnored() throws Exception {
        plans.save(KEY, file -> Files.writeString(file, "plan"));
        Path description = descriptions().get(0);
        Files.writeString(description, Files.readString(description).replace("tensorrt-", "../tensorrt-"));

        assertThat(reason(KEY)).startsWith("there is none");
    }

    @Test
    void planForTheSameKeyReplacesTheOneBefore() throws Exception {
        plans.save(KEY, file -> Files.writeString(file, "first"));
        StoredPlan second = plans.save(KEY, file -> Files.writeString(file, "second"));

        assertThat(plans.find(KEY)).isEqualTo(new PlanLookup.Found(second));
        assertThat(files()).hasSize(2).contains(second.file());
    }

    @Test
    void failedWritingLeavesThePlanBefore() throws Exception {
        StoredPlan before = plans.save(KEY, file -> Files.writeString(file, "plan"));

        assertThatThrownBy(() -> plans.save(KEY, file -> {
                    Files.writeString(file, "half a pl");
                    throw new PlanException.ToolFailed("trtexec failed", "see above", null);
                }))
                .isInstanceOf(PlanException.ToolFailed.class);
        assertThatThrownBy(() -> plans.save(KEY, file -> {}))
                .isInstanceOf(PlanException.ToolFailed.class)
                .hasMessageContaining("no plan was written");

        assertThat(plans.find(KEY)).isEqualTo(new PlanLookup.Found(before));
        assertThat(files()).hasSize(2);
    }

    @Test
    void storeThatCannotBeWrittenIsToldWithTheRemedy() throws Exception {
        Files.writeString(plans.folder(), "a file in the folder's place");

        assertThatThrownBy(() -> plans.save(KEY, file -> Files.writeString(file, "plan")))
                .isInstanceOf(PlanException.Unwritable.class)
                .hasMessageContaining("make the model store writable");
        assertThat(plans.find(KEY)).isInstanceOf(PlanLookup.None.class);
    }

    @Test
    void namesOfFilesTellPeopleWhatThePlanIsFor() throws Exception {
        assertThat(plans.save(KEY, file -> Files.writeString(file, "plan"))
                        .file()
                        .getFileName()
                        .toString())
                .startsWith("tensorrt-8.6.1_nvidia-a10_fp16_batch-32_");
    }

    private String reason(PlanKey key) {
        PlanLookup lookup = plans.find(key);
        assertThat(lookup).isInstanceOf(PlanLookup.None.class);
        return ((PlanLookup.None) lookup).reason();
    }

    private List<Path> descriptions() throws IOException {
        return files().stream()
                .filter(file -> file.toString().endsWith(".json"))
                .toList();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(plans.folder())) {
            return files.toList();
        }
    }
}
