package org.ctstream.model.bundled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.ctstream.model.TestReleases;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseException;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.untrained.SeededWeights;
import org.ctstream.model.untrained.UntrainedRelease;
import org.ctstream.model.weights.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultReleaseTest {
    private static final ReleaseId ID = new ReleaseId("tiny", "1.0.0");

    private final Weights weights = TestReleases.weights();

    @TempDir
    Path folder;

    @Test
    void bundledReleaseIsCopiedIntoTheStoreOnFirstUseWithItsCard() throws IOException {
        bundle("tiny:1.0.0\n");
        ModelStore store = store();

        StoredRelease stored = DefaultRelease.in(store, program());
        StoredRelease again = DefaultRelease.in(store, program());

        assertThat(stored.release()).isEqualTo(TestReleases.release("1.0.0", weights));
        assertThat(again).isEqualTo(stored);
        assertThat(stored.card()).hasValueSatisfying(card -> assertThat(card).hasContent("# Tiny"));
        assertThat(store.list()).containsExactly(ID);
    }

    @Test
    void processesThatAskAtOnceAllGetIt() throws Exception {
        bundle("tiny:1.0.0");
        var executor = Executors.newFixedThreadPool(8);
        try {
            Callable<StoredRelease> ask = () -> DefaultRelease.in(store(), program());
            for (var answer : executor.invokeAll(Collections.nCopies(16, ask))) {
                assertThat(answer.get().release().id()).isEqualTo(ID);
            }
        } finally {
            executor.shutdownNow();
        }
        try (var children = Files.list(store().root())) {
            assertThat(children.map(child -> child.getFileName().toString())).containsExactly("tiny");
        }
    }

    @Test
    void programWithoutABundledReleaseServesTheUntrainedOne() throws IOException {
        assertThat(DefaultRelease.named(program())).isEmpty();
        assertThat(DefaultRelease.in(store(), program()).release().id())
                .isEqualTo(UntrainedRelease.id(UntrainedRelease.DEFAULT_SEED));
    }

    @Test
    void damagedBundledWeightsAreRefusedAndLeaveNothingBehind() throws IOException {
        bundle("tiny:1.0.0");
        Path file = folder.resolve("program/models/tiny/1.0.0/weights.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> DefaultRelease.in(store(), program()))
                .isInstanceOf(ReleaseException.Corrupt.class)
                .hasMessageContaining("tiny:1.0.0")
                .hasMessageContaining("resources");
        assertThat(store().list()).isEmpty();
    }

    @Test
    void anotherReleaseOfTheSameNameInTheStoreIsNotPassedOffAsTheDefault() throws IOException {
        bundle("tiny:1.0.0");
        Weights others = SeededWeights.of(TestReleases.TINY, 2);
        store().save(TestReleases.release("1.0.0", others), others);

        assertThatThrownBy(() -> DefaultRelease.in(store(), program()))
                .isInstanceOf(ReleaseException.AlreadyExists.class)
                .hasMessageContaining(others.sha256())
                .hasMessageContaining(weights.sha256());
    }

    @Test
    void defaultThatNamesNoReleaseSaysWhatToWrite() throws IOException {
        bundle("the newest one");

        assertThatThrownBy(() -> DefaultRelease.named(program()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("models/default.txt")
                .hasMessageContaining("name:version");
    }

    private void bundle(String defaultText) throws IOException {
        var models = new ModelStore(folder.resolve("program/models"));
        models.save(TestReleases.release("1.0.0", weights), weights, "# Tiny");
        Files.writeString(folder.resolve("program/models/default.txt"), defaultText);
    }

    private ModelStore store() {
        return new ModelStore(folder.resolve("store"));
    }

    /** A class loader with the test's resources and no others. */
    private ClassLoader program() throws IOException {
        Files.createDirectories(folder.resolve("program"));
        return new URLClassLoader(new URL[] {folder.resolve("program").toUri().toURL()}, null);
    }
}
