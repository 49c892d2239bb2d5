package org.ctstream.cli.quantize;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.ctstream.service.fetch.Sha256;

/**
 * A random sample of slices that pass by, each equally likely whatever their number.
 *
 * @see "Vitter, Random sampling with a reservoir, ACM TOMS 11 (1985), algorithm R"
 */
final class Reservoir {
    private static final long SEED = 1;

    private final int capacity;
    private final int side;
    private final Predicate<byte[]> wanted;
    private final Random random = new Random(SEED);
    private final List<byte[]> kept = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private int accepted;
    private int unusable;
    private int unwanted;

    Reservoir(int capacity, int side, Predicate<byte[]> wanted) {
        this.capacity = capacity;
        this.side = side;
        this.wanted = wanted;
    }

    void offer(int height, int width, byte[] pixels) {
        if (height != side || width != side || pixels.length != side * side) {
            unusable++;
        } else if (!seen.add(Sha256.hex(pixels)) || !wanted.test(pixels)) {
            unwanted++;
        } else {
            accept(pixels);
        }
    }

    private void accept(byte[] pixels) {
        accepted++;
        if (kept.size() < capacity) {
            kept.add(pixels);
            return;
        }
        int place = random.nextInt(accepted);
        if (place < capacity) {
            kept.set(place, pixels);
        }
    }

    /** A scan that has no slice. */
    void refuse() {
        unusable++;
    }

    boolean isFull() {
        return kept.size() == capacity;
    }

    CalibrationSlices.Sample sample() {
        return new CalibrationSlices.Sample(kept, unusable, unwanted);
    }
}
