package org.ctstream.cli.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ctstream.cli.CliException;
import org.ctstream.cli.publish.ScanFiles;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.decode.ScanDecoder;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.ctstream.imaging.slice.GreySlice;
import org.ctstream.imaging.slice.SliceNormalizer;
import org.ctstream.model.classify.SliceBatch;

/**
 * Normalised slices to run engines on.
 *
 * @param pixels of each slice, side x side
 * @param what they are, for people
 */
record Slices(List<byte[]> pixels, int side, String what) {
    private static final long SEED = 1;

    Slices {
        pixels = List.copyOf(pixels);
    }

    /** Synthetic slices, half of them with opacities; the same every time. */
    static Slices phantoms(int count, int side) {
        var phantoms = new PhantomSlices();
        var normalizer = new SliceNormalizer();
        List<byte[]> pixels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            GreySlice slice = phantoms.generate(SEED + i, i % 2 == 1).toGreySlice();
            pixels.add(normalizer.normalize(slice, side).pixels());
        }
        return new Slices(pixels, side, count + " synthetic slices");
    }

    /**
     * The scans in a folder, as ingest normalizes them; files that are none are counted and passed over.
     *
     * @throws CliException if there are none
     */
    static Slices of(Path folder, int most, int side) {
        var decoder = new ScanDecoder(DecodeLimits.DEFAULTS);
        var normalizer = new SliceNormalizer();
        List<byte[]> pixels = new ArrayList<>();
        Map<String, Integer> passedOver = new TreeMap<>();
        for (ScanFiles.Found file : ScanFiles.in(List.of(folder))) {
            if (pixels.size() == most) {
                break;
            }
            try {
                GreySlice slice =
                        decoder.decode(Files.readAllBytes(file.path())).slice();
                pixels.add(normalizer.normalize(slice, side).pixels());
            } catch (ScanDecodeException e) {
                passedOver.merge(e.reason().name(), 1, Integer::sum);
            } catch (IOException e) {
                throw CliException.failure("Cannot read a file below " + folder + ": " + e, e);
            }
        }
        String others = passedOver.isEmpty() ? "" : "; passed over " + passedOver;
        if (pixels.isEmpty()) {
            throw CliException.usage("There is no scan that can be decoded below " + folder + others, null);
        }
        return new Slices(pixels, side, pixels.size() + " scans of the folder" + others);
    }

    int count() {
        return pixels.size();
    }

    /** All of them, in batches of this size at most. */
    List<SliceBatch> batches(int size) {
        List<SliceBatch> batches = new ArrayList<>();
        for (int from = 0; from < pixels.size(); from += size) {
            List<byte[]> some = pixels.subList(from, Math.min(pixels.size(), from + size));
            var batch = new SliceBatch(some.size(), side, side);
            some.forEach(batch::add);
            batches.add(batch);
        }
        return batches;
    }

    /** One batch of exactly this size; there may be fewer slices, which are then used more than once. */
    SliceBatch batch(int size) {
        var batch = new SliceBatch(size, side, side);
        for (int i = 0; i < size; i++) {
            batch.add(pixels.get(i % pixels.size()));
        }
        return batch;
    }
}
