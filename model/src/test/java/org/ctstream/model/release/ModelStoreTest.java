package org.ctstream.model.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.ctstream.model.TestReleases;
import org.ctstream.model.untrained.SeededWeights;
import org.ctstream.model.weights.SafeTensors;
import org.ctstream.model.weights.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelStoreTest {
    private final Weights weights = TestReleases.weights();
    private final ModelRelease release = TestReleases.release("1.0.0", weights);

    @TempDir
    Path folder;

    private ModelStore store;

    @BeforeEach
    void openStore() {
        store = new ModelStore(folder.resolve("models"));
    }

    @Test
    void savedReleaseIsLoadedAsItWas() {
        store.save(release, weights);

        StoredRelease loaded = store.load(release.id());

        assertThat(loaded.release()).isEqualTo(release);
        assertThat(SafeTensors.read(loaded.weights())).isEqualTo(weights);
    }

    @Test
    void releasesAreListedInOrderAndLeftoversOfACrashAreNot() throws IOException {
        store.save(TestReleases.release("1.1.0", weights), weights);
        store.save(release, weights);
        Files.createDirectories(store.root().resolve(".saving-crashed"));
        Files.createDirectories(store.root().resolve("tiny/2.0.0"));

        assertThat(store.list()).containsExactly(new ReleaseId("tiny", "1.0.0"), new ReleaseId("tiny", "1.1.0"));
    }

    @Test
    void storeWithoutAFolderIsEmpty() {
        assertThat(store.list()).isEmpty();
        assertThat(store.contains(release.id())).isFalse();
    }

    @Test
    void absentReleaseIsReportedWithTheOnesThereAre() {
        store.save(release, weights);

        assertThatThrownBy(() -> store.load(new ReleaseId("tiny", "2.0.0")))
                .isInstanceOf(ReleaseException.Absent.class)
                .hasMessageContaining("tiny:2.0.0")
                .hasMessageContaining("[tiny:1.0.0]");
    }

    @Test
    void weightsWithOneChangedBitAreCorrupt() throws IOException {
        Path file = store.save(release, weights).weights();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> store.load(release.id()))
                .isInstanceOf(ReleaseException.Corrupt.class)
                .hasMessageContaining("SHA-256 expected " + release.sha256());
    }

    @Test
    void missingWeightsAreReported() throws IOException {
        Files.delete(store.save(release, weights).weights());

        assertThatThrownBy(() -> store.load(release.id()))
                .isInstanceOf(ReleaseException.Unreadable.class)
                .hasMessageContaining("weights of release tiny:1.0.0");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"threshold\" : 0.5 | \"threshold\" : 1.5",
                "\"threshold\" : 0.5 | \"threshold\" : null",
                "\"trained\" : true | \"treined\" : true",
                "\"sha256\" : \" | \"sha256\" : \"x",
                "\"height\" : 32 | \"height\" : \"tall\"",
                "\"createdAt\" : \" | \"createdAt\" : \"on ",
                "\"createdAt\" : \"2026-11-22T10:15:30Z\" | \"createdAt\" : null",
                "\"description\" : \"For tests.\" | \"description\" : null",
                "\"architecture\" : \"tiny\" | \"architecture\" : null",
                "\"codeVersion\" : \"test\" | \"codeVersion\" : null",
                "\"name\" : \"tiny\" | \"name\" : \"../tiny\""
            })
    void manifestThatIsNotWellFormedIsUnreadable(String written, String damaged) throws IOException {
        Path manifest = manifest();
        String json = Files.readString(manifest);
        assertThat(json).contains(written);
        Files.writeString(manifest, json.replace(written, damaged));

        assertThatThrownBy(() -> store.load(release.id()))
                .isInstanceOf(ReleaseException.Unreadable.class)
                .hasMessageContaining(manifest.toString());
    }

    @Test
    void manifestWithoutLineageIsUnreadableNamingTheField() throws IOException {
        Path manifest = manifest();
        String json = Files.readString(manifest);
        Files.writeString(manifest, json.replaceFirst("(?s)\"lineage\" : \\{.*?\\n  }", "\"lineage\" : null"));

        assertThatThrownBy(() -> store.load(release.id()))
                .isInstanceOf(ReleaseException.Unreadable.class)
                .hasMessageContaining("release tiny:1.0.0: lineage must not be null");
    }

    @Test
    void manifestOfAnotherReleaseIsRefused() throws IOException {
        Path manifest = manifest();
        Files.writeString(manifest, Files.readString(manifest).replace("1.0.0", "9.9.9"));

        assertThatThrownBy(() -> store.load(release.id()))
                .isInstanceOf(ReleaseException.Corrupt.class)
                .hasMessageContaining("expected tiny:1.0.0, found tiny:9.9.9");
    }

    @Test
    void fieldOfALaterVersionIsIgnored() throws IOException {
        Path manifest = manifest();
        Files.writeString(manifest, Files.readString(manifest).replaceFirst("\\{", "{ \"calibration\" : [1, 2],"));

        assertThat(store.load(release.id()).release()).isEqualTo(release);
    }

    @Test
    void releaseIsNeverReplaced() throws IOException {
        store.save(release, weights);
        Weights others = SeededWeights.of(TestReleases.TINY, 2);

        assertThatThrownBy(() -> store.save(TestReleases.release("1.0.0", others), others))
                .isInstanceOf(ReleaseException.AlreadyExists.class);

        assertThat(store.load(release.id()).release()).isEqualTo(release);
        assertThat(foldersIn(store.root())).containsExactly("tiny");
    }

    @Test
    void manifestForOtherWeightsIsNotSaved() throws IOException {
        Weights others = SeededWeights.of(TestReleases.TINY, 2);

        assertThatThrownBy(() -> store.save(release, others))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(release.sha256())
                .hasMessageContaining(others.sha256());

        assertThat(store.list()).isEmpty();
        assertThat(foldersIn(store.root())).containsExactly("tiny");
    }

    @Test
    void releaseIsAddedFromAnotherFolderWithItsCardAndAskingAgainChangesNothing() {
        StoredRelease made = new ModelStore(folder.resolve("elsewhere")).save(release, weights, "# Tiny");

        StoredRelease added = store.add(ReleaseSource.folder(made.folder()));

        assertThat(added.release()).isEqualTo(release);
        assertThat(added.folder()).isEqualTo(store.root().resolve("tiny/1.0.0"));
        assertThat(added.card()).hasValueSatisfying(card -> assertThat(card).hasContent("# Tiny"));
        assertThat(store.add(ReleaseSource.folder(made.folder()))).isEqualTo(added);
        assertThat(store.load(release.id())).isEqualTo(added);
    }

    @Test
    void releaseWithTheSameWeightsAndAnotherManifestIsNotAddedSayingWhatDiffers() throws IOException {
        store.save(release, weights);
        StoredRelease made = new ModelStore(folder.resolve("elsewhere")).save(release, weights);
        Path manifest = made.folder().resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"threshold\" : 0.5", "\"threshold\" : 0.6"));

        assertThatThrownBy(() -> store.add(ReleaseSource.folder(made.folder())))
                .isInstanceOf(ReleaseException.AlreadyExists.class)
                .hasMessageContaining("[threshold (0.5, 0.6)]");
        assertThat(store.load(release.id()).release()).isEqualTo(release);
    }

    @Test
    void leftoversOfACrashAreDeletedWhenTheyAreOld() throws IOException {
        Path old = Files.createDirectories(store.root().resolve(".saving-old"));
        Files.writeString(old.resolve("weights.safetensors"), "half");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        Files.createDirectories(store.root().resolve(".saving-now"));

        store.save(release, weights);

        assertThat(foldersIn(store.root())).containsExactlyInAnyOrder(".saving-now", "tiny");
    }

    @Test
    void folderThatIsNoReleaseIsNotAdded() {
        assertThatThrownBy(() -> store.add(ReleaseSource.folder(folder)))
                .isInstanceOf(ReleaseException.Unreadable.class)
                .hasMessageContaining("manifest.json of folder " + folder);
        assertThat(store.list()).isEmpty();
    }

    @Test
    void damagedReleaseIsNotAdded() throws IOException {
        StoredRelease made = new ModelStore(folder.resolve("elsewhere")).save(release, weights);
        Files.write(made.weights(), new byte[] {1, 2, 3});

        assertThatThrownBy(() -> store.add(ReleaseSource.folder(made.folder())))
                .isInstanceOf(ReleaseException.Corrupt.class)
                .hasMessageContaining(made.folder().toString());
        assertThat(store.list()).isEmpty();
    }

    private Path manifest() {
        return store.save(release, weights).weights().resolveSibling("manifest.json");
    }

    private static Stream<String> foldersIn(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> child.getFileName().toString()).toList().stream();
        }
    }
}
