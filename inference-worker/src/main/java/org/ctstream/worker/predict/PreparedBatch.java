package org.ctstream.worker.predict;

import java.util.ArrayList;
import java.util.List;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.Stage;
import org.ctstream.worker.batch.PendingScan;
import org.jspecify.annotations.Nullable;

/**
 * A batch of one lane for the engine: its scans in order of arrival, and the slices of those that can be classified in
 * one reused buffer.
 *
 * <h2>Thread safety</h2>
 * {@link BatchQueue} hands it from the Kafka thread to the engine's and back; only its holder touches it.
 */
final class PreparedBatch {
    private final Lane lane;
    private final int capacity;
    private final SliceBatch slices;
    private final List<PendingScan> classifiable = new ArrayList<>();
    private final List<Outcome> rejected = new ArrayList<>();
    private final long[] addedNanos;
    private long takenNanos;

    PreparedBatch(Lane lane, int capacity, ModelRelease release) {
        this.lane = lane;
        this.capacity = capacity;
        this.addedNanos = new long[capacity];
        this.slices = new SliceBatch(capacity, release.height(), release.width());
    }

    Lane lane() {
        return lane;
    }

    /** Scans in it, those that no engine need see included. */
    int size() {
        return classifiable.size() + rejected.size();
    }

    /** Scans that can be added. */
    int room() {
        return capacity - size();
    }

    /**
     * Copies a scan's pixels into the buffer; one that does not fit the network's input is set apart.
     *
     * @param now of a clock in nanoseconds, the same as for {@link #taken}
     */
    void add(PendingScan scan, long now) {
        addedNanos[size()] = now;
        PoisonRecordException poison = scan.poison() != null ? scan.poison() : copy(scan);
        if (poison == null) {
            classifiable.add(scan);
        } else {
            rejected.add(new Outcome.Rejected(scan, poison));
        }
    }

    /** From now on it is the engine's. */
    void taken(long now) {
        takenNanos = now;
    }

    /** How long the scan that came as number {@code index}, from 0, waited to be taken. */
    long waitedNanos(int index) {
        return takenNanos - addedNanos[index];
    }

    /** Makes room for as many as at first. */
    void clear() {
        slices.clear();
        classifiable.clear();
        rejected.clear();
    }

    SliceBatch slices() {
        return slices;
    }

    /** The scans whose slices are in the buffer, in the same order. */
    List<PendingScan> classifiable() {
        return classifiable;
    }

    /** The scans that no engine need see. */
    List<Outcome> rejected() {
        return rejected;
    }

    private @Nullable PoisonRecordException copy(PendingScan pending) {
        ScanNormalized scan = pending.scan();
        if (scan == null) {
            throw new IllegalStateException("A scan that is not poison has content");
        }
        int expected = slices.height() * slices.width();
        if (scan.getHeight() != slices.height()
                || scan.getWidth() != slices.width()
                || scan.getPixels().remaining() != expected) {
            return new PoisonRecordException(
                    Stage.CLASSIFY,
                    "wrong-geometry",
                    "pixels",
                    "Cannot classify: the slice has height " + scan.getHeight() + ", width " + scan.getWidth()
                            + " and " + scan.getPixels().remaining() + " pixel bytes, the network takes "
                            + slices.height() + " x " + slices.width() + " = " + expected + ".",
                    "publish the original scan again, so that ingest normalizes it for this network.",
                    null);
        }
        slices.add(scan.getPixels());
        return null;
    }
}
