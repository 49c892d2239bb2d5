package org.ctstream.worker.crash;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.release.ModelRelease;

/**
 * Keeps a slice that ends the whole process from ending it for ever. Slices that the engine had when the last process
 * ended are given to it alone; one with which the process has ended several times is refused, which makes it a dead
 * letter. A consumer group does not count such deliveries.
 *
 * <h2>Thread safety</h2>
 * For one thread at a time, as its journal.
 */
public final class CrashGuard implements Classifier {
    /** Processes end for other reasons too, seldom three times with the same slice alone with the engine. */
    static final int MOST_CRASHES = 3;

    private final Classifier engine;
    private final CrashJournal journal;

    /** @param engine owned by this object from here on */
    public CrashGuard(Classifier engine, CrashJournal journal) {
        this.engine = engine;
        this.journal = journal;
    }

    @Override
    public List<Prediction> classify(SliceBatch batch) {
        long[] slices = fingerprints(batch);
        if (journal.hasSuspects() && Arrays.stream(slices).anyMatch(journal::isSuspect)) {
            return oneByOne(batch, slices);
        }
        return run(batch, slices);
    }

    private List<Prediction> oneByOne(SliceBatch batch, long[] slices) {
        for (long slice : slices) {
            requireHarmless(slice);
        }
        var predictions = new ArrayList<Prediction>(slices.length);
        for (int i = 0; i < slices.length; i++) {
            predictions.addAll(run(batch.copyOfRange(i, i + 1), new long[] {slices[i]}));
            journal.clear(slices[i]);
        }
        return predictions;
    }

    private List<Prediction> run(SliceBatch batch, long[] slices) {
        journal.begin(slices);
        List<Prediction> predictions;
        try {
            predictions = engine.classify(batch);
        } catch (ClassifierException e) {
            journal.end();
            throw e;
        } catch (RuntimeException | Error e) {
            // Nobody expects it: it ends the process, as a crash of native code does.
            journal.keep();
            throw e;
        }
        journal.end();
        return predictions;
    }

    private void requireHarmless(long slice) {
        int crashes = journal.crashesAlone(slice);
        if (crashes >= MOST_CRASHES) {
            journal.refused(slice);
            throw new ClassifierException.EngineFailure(
                    "the worker's process ended " + crashes + " times while the engine had this slice alone", null);
        }
    }

    /** Tells slices apart well enough: two that share one are both run alone, and no more. */
    private static long[] fingerprints(SliceBatch batch) {
        int bytes = batch.height() * batch.width();
        var prints = new long[batch.size()];
        ByteBuffer pixels = batch.pixels().duplicate();
        var checksum = new CRC32C();
        for (int i = 0; i < prints.length; i++) {
            checksum.reset();
            checksum.update(pixels.duplicate().limit((i + 1) * bytes).position(i * bytes));
            prints[i] = checksum.getValue();
        }
        return prints;
    }

    @Override
    public ModelRelease release() {
        return engine.release();
    }

    @Override
    public EngineDescription engine() {
        return engine.engine();
    }

    @Override
    public int maxBatchSize() {
        return engine.maxBatchSize();
    }

    @Override
    public void close() {
        engine.close();
    }
}
