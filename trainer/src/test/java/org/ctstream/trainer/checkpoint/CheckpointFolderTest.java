package org.ctstream.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.ctstream.model.weights.Tensor;
import org.ctstream.model.weights.Weights;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointFolderTest {
    @TempDir
    private Path temp;

    private Path folder;
    private CheckpointFolder last;

    @BeforeEach
    void begin() {
        folder = temp.resolve("phases/small");
        last = new CheckpointFolder(folder, "last");
    }

    @Test
    void nothingIsThereBeforeTheFirst() {
        assertThat(last.load()).isEmpty();
        assertThat(last.progress()).isEmpty();
    }

    @Test
    void comesBackAsItWasWrittenNumbersThatAreNoneIncluded() {
        Checkpoint whole = new Checkpoint(progress(1, Double.NaN), weights(1), weights(2), weights(3));

        last.save(whole);

        assertThat(last.load()).contains(whole);
        assertThat(last.progress()).contains(whole.progress());
        assertThat(names()).containsExactly("last-000001");
    }

    @Test
    void newerTakesThePlaceOfTheOlderAlsoPastSixDigits() {
        for (int epoch : new int[] {9, 10, 999_999, 1_000_000}) {
            last.save(checkpoint(epoch));

            assertThat(last.load()).contains(checkpoint(epoch));
        }
        assertThat(names()).containsExactly("last-1000000");
    }

    @Test
    void sameEpochAgainTakesAnotherNameSoThatOneIsAlwaysThere() {
        last.save(checkpoint(5));
        Checkpoint finished = new Checkpoint(progress(5, 0.5).finish(), weights(5), null, null);

        last.save(finished);
        assertThat(names()).containsExactly("last-000005-01");
        assertThat(last.load()).contains(finished);

        last.save(checkpoint(5));
        last.save(finished);
        assertThat(last.load()).contains(finished);
        last.save(checkpoint(6));
        assertThat(names()).containsExactly("last-000006");
    }

    @Test
    void crashBetweenTheMoveAndTheDeletionLeavesTheNewer() throws Exception {
        last.save(checkpoint(5));
        Files.move(folder.resolve("last-000005"), temp.resolve("kept"));
        last.save(new Checkpoint(progress(5, 0.5).finish(), weights(6), null, null));
        Files.move(folder.resolve("last-000005"), folder.resolve("last-000005-01"));
        Files.move(temp.resolve("kept"), folder.resolve("last-000005"));

        assertThat(last.load()).get().extracting(Checkpoint::weights).isEqualTo(weights(6));
    }

    @Test
    void kindsAreKeptApart() {
        CheckpointFolder best = new CheckpointFolder(folder, "best");
        best.save(checkpoint(3));
        last.save(checkpoint(4));
        last.save(checkpoint(5));

        assertThat(best.load()).contains(checkpoint(3));
        assertThat(names()).containsExactly("best-000003", "last-000005");
    }

    @Test
    void writeThatFailsHalfwayLeavesTheOneBeforeWholeAndNothingElse() {
        last.save(checkpoint(5));

        Weights unwritable = withATensorThatIsNotThere();

        // The file of the weights is written by then.
        assertThatNullPointerException()
                .isThrownBy(() -> last.save(new Checkpoint(progress(6, 0.5), weights(6), unwritable, null)));

        assertThat(last.load()).contains(checkpoint(5));
        assertThat(names()).containsExactly("last-000005");
    }

    @Test
    void fileInPlaceOfTheFolderIsAnErrorThatNamesTheRemedy() throws Exception {
        Files.createDirectories(folder.getParent());
        Files.writeString(folder, "in the way");

        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> last.save(checkpoint(1)))
                .withMessageContainingAll(folder.toString(), "make room", "resumes");
    }

    @Test
    void whatACrashLeftBehindIsSweptAwayByTheNextWriteAndNeverRead() throws Exception {
        Path left = Files.createDirectories(folder.resolve(".writing-last-1b4e28ba"));
        Files.writeString(left.resolve("weights.safetensors"), "half");
        Path other = Files.createDirectories(folder.resolve(".writing-best-1b4e28ba"));
        assertThat(last.load()).isEmpty();

        last.save(checkpoint(1));

        assertThat(left).doesNotExist();
        assertThat(other).exists();
        assertThat(last.load()).contains(checkpoint(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"weights.safetensors", "optimizer.safetensors", "average.safetensors", "progress.json"})
    void truncatedFileIsAnErrorThatNamesTheFolderAndTheRemedy(String name) throws Exception {
        last.save(new Checkpoint(progress(2, 0.5), weights(1), weights(2), weights(3)));
        Path file = folder.resolve("last-000002").resolve(name);
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 7, whole.length / 2, whole.length - 2}) {
            Files.write(file, Arrays.copyOf(whole, length));

            assertThatExceptionOfType(CheckpointException.class)
                    .as("%d of %d bytes", length, whole.length)
                    .isThrownBy(() -> last.load())
                    .withMessageContainingAll(folder.toString(), "delete its folder");
        }
    }

    @Test
    void progressOfAnotherVersionIsAnErrorAndNotFilledWithZeros() throws Exception {
        last.save(checkpoint(2));
        Path file = folder.resolve("last-000002/progress.json");
        Files.writeString(file, Files.readString(file).replaceAll("(?m)^.*\"updates\".*\\n", ""));

        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> last.progress())
                .withMessageContainingAll("updates", "delete its folder");
    }

    private List<String> names() {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("NullAway") // on purpose
    private static Weights withATensorThatIsNotThere() {
        TreeMap<String, Tensor> tensors = new TreeMap<>();
        tensors.put("lost", null);
        return new Weights(Map.of(), tensors);
    }

    private static Checkpoint checkpoint(int epoch) {
        return new Checkpoint(progress(epoch, 0.75), weights(epoch), weights(epoch + 1), null);
    }

    private static Progress progress(int epoch, double auc) {
        return new Progress("small", "Settings[a=1]", epoch, 10L * epoch, epoch, auc, 0.25, false);
    }

    private static Weights weights(int value) {
        return new Weights(
                Map.of("note", "n" + value),
                Map.of(
                        "a", Tensor.ofFloats(List.of(2L, 2L), new float[] {value, 1, 2, 3}),
                        "b", Tensor.ofFloats(List.of(1L), new float[] {-value})));
    }
}
