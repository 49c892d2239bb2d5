package org.ctstream.worker.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.worker.predict.FakeReleases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashGuardTest {
    private static final int SIDE = 8;
    private static final int DEADLY = 13;

    @TempDir
    Path folder;

    private int deadly = DEADLY;
    private boolean unforeseen;

    /** Sizes of the batches that engines had, over all processes. */
    private final List<Integer> sizes = new ArrayList<>();

    @Test
    void sliceThatEndsEveryProcessIsFoundAndRefusedAndTheOthersAreDone() {
        int processes = processesUntilOneSurvives(batch(1, DEADLY, 2));

        // Once in the batch, then alone as often as it takes to be sure.
        assertThat(processes).isEqualTo(1 + CrashGuard.MOST_CRASHES + 1);
        assertThatThrownBy(() -> guard().classify(batch(DEADLY)))
                .isInstanceOf(ClassifierException.EngineFailure.class)
                .hasMessageContaining("ended 3 times");
        assertThat(guard().classify(batch(1, 2))).hasSize(2);
    }

    @Test
    void exceptionThatNobodyForesawBlamesTheSliceAsACrashDoes() {
        unforeseen = true;
        int processes = processesUntilOneSurvives(batch(1, DEADLY, 2));

        assertThat(processes).isEqualTo(1 + CrashGuard.MOST_CRASHES + 1);
    }

    @Test
    void refusedSliceIsTriedAgainAfterAStopInGoodOrderAndNotBefore() {
        assertThat(processesUntilOneSurvives(batch(DEADLY))).isEqualTo(CrashGuard.MOST_CRASHES + 1);

        assertThatThrownBy(() -> guard().classify(batch(DEADLY)))
                .as("the process was killed: nothing is mended")
                .isInstanceOf(ClassifierException.EngineFailure.class);
        try (CrashJournal journal = CrashJournal.open(folder, "worker-1")) {
            var guard = new CrashGuard(new DeadlyEngine(), journal);
            assertThatThrownBy(() -> guard.classify(batch(DEADLY))).isInstanceOf(ClassifierException.class);
            assertThatThrownBy(() -> guard.classify(batch(DEADLY)))
                    .as("another with the same pixels, in the same process")
                    .isInstanceOf(ClassifierException.class);
        }

        deadly = 14; // the engine is mended
        assertThat(guard().classify(batch(DEADLY))).hasSize(1);
    }

    @Test
    void damagedLinesInTheJournalStopNoWorker() throws Exception {
        Files.write(folder.resolve("worker-1.suspects"), new byte[] {0, (byte) 0xff, '\n', '7', ' ', '2', '\n', 'x'});

        try (CrashJournal journal = CrashJournal.open(folder, "worker-1")) {
            assertThat(journal.crashesAlone(7)).isEqualTo(2);
        }
    }

    @Test
    void sliceThatOnlyHappenedToBeThereIsCleared() {
        assertThat(survives(() -> guard().classify(batch(1, DEADLY)))).isFalse();
        sizes.clear();

        CrashGuard guard = guard();
        guard.classify(batch(1, 2));
        guard.classify(batch(1, 2));

        assertThat(sizes).as("alone first, together once it is cleared").containsExactly(1, 1, 2);
    }

    @Test
    void processThatEndsInGoodOrderBlamesNoSlice() {
        try (CrashJournal journal = CrashJournal.open(folder, "worker-1")) {
            journal.begin(new long[] {7});
        }

        try (CrashJournal next = CrashJournal.open(folder, "worker-1")) {
            assertThat(next.hasSuspects()).isFalse();
        }
    }

    @Test
    void journalOfAnotherWorkerIsNotRead() {
        CrashJournal.open(folder, "worker-1").begin(new long[] {7});

        try (CrashJournal other = CrashJournal.open(folder, "worker-2");
                CrashJournal same = CrashJournal.open(folder, "worker-1")) {
            assertThat(other.hasSuspects()).isFalse();
            assertThat(same.crashesAlone(7)).isEqualTo(1);
        }
    }

    @Test
    void longerNoteOfAnEarlierBatchDoesNotShowBehindAShorterOne() throws Exception {
        CrashJournal journal = CrashJournal.open(folder, "worker-1");
        journal.begin(new long[] {1, 2, 3});
        journal.begin(new long[] {4});

        try (CrashJournal next = CrashJournal.open(folder, "worker-1")) {
            assertThat(next.isSuspect(4)).isTrue();
            assertThat(next.isSuspect(2)).isFalse();
        }
        assertThat(Files.exists(folder.resolve("worker-1.suspects"))).isTrue();
    }

    /** A guard as the next process opens it. */
    private CrashGuard guard() {
        return new CrashGuard(new DeadlyEngine(), CrashJournal.open(folder, "worker-1"));
    }

    private int processesUntilOneSurvives(SliceBatch batch) {
        int processes = 1;
        while (!survives(() -> guard().classify(batch))) {
            assertThat(++processes).isLessThan(10);
        }
        return processes;
    }

    private static boolean survives(Runnable process) {
        try {
            process.run();
            return true;
        } catch (ProcessEnd | IndexOutOfBoundsException e) {
            return false;
        } catch (ClassifierException.EngineFailure e) {
            return true;
        }
    }

    private static SliceBatch batch(int... greys) {
        var batch = new SliceBatch(greys.length, SIDE, SIDE);
        for (int grey : greys) {
            var pixels = new byte[SIDE * SIDE];
            java.util.Arrays.fill(pixels, (byte) grey);
            batch.add(pixels);
        }
        return batch;
    }

    /** Stands for the end of the process. */
    private static final class ProcessEnd extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final class DeadlyEngine implements Classifier {
        @Override
        public List<Prediction> classify(SliceBatch batch) {
            sizes.add(batch.size());
            ByteBuffer pixels = batch.pixels();
            var predictions = new ArrayList<Prediction>();
            for (int i = 0; i < batch.size(); i++) {
                if (pixels.get(i * SIDE * SIDE) == deadly) {
                    if (unforeseen) {
                        throw new IndexOutOfBoundsException("nobody thought of that");
                    }
                    throw new ProcessEnd();
                }
                predictions.add(new Prediction.Scored(0.5));
            }
            return predictions;
        }

        @Override
        public ModelRelease release() {
            return FakeReleases.release();
        }

        @Override
        public EngineDescription engine() {
            return FakeReleases.engine();
        }

        @Override
        public int maxBatchSize() {
            return 8;
        }

        @Override
        public void close() {}
    }
}
