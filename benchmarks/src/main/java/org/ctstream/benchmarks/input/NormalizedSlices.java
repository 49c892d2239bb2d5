package org.ctstream.benchmarks.input;

import java.util.List;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.decode.ScanDecoder;
import org.ctstream.imaging.slice.GreySlice;
import org.ctstream.imaging.slice.SliceNormalizer;
import org.ctstream.model.classify.SliceBatch;

/**
 * Scans as ingest hands them on.
 *
 * @param slices 224 x 224 each
 */
public record NormalizedSlices(List<GreySlice> slices) {
    public NormalizedSlices {
        slices = List.copyOf(slices);
    }

    /** Decoded and resized as ingest does it. */
    public static NormalizedSlices of(EncodedScans scans) {
        var decoder = new ScanDecoder(DecodeLimits.DEFAULTS);
        var normalizer = new SliceNormalizer();
        return new NormalizedSlices(scans.contents().stream()
                .map(scan -> {
                    try {
                        return normalizer.normalize(decoder.decode(scan.bytes()).slice());
                    } catch (ScanDecodeException e) {
                        throw new IllegalStateException("a scan that was decoded before: " + e.getMessage(), e);
                    }
                })
                .toList());
    }

    public int size() {
        return slices.size();
    }

    /** The i-th, beginning again after the last. */
    public GreySlice get(int i) {
        return slices.get(i % slices.size());
    }

    /** A full batch, beginning with the i-th slice. */
    public SliceBatch batch(int size, int from) {
        var batch = new SliceBatch(size, SliceNormalizer.SIDE, SliceNormalizer.SIDE);
        for (int i = 0; i < size; i++) {
            batch.add(get(from + i).pixels());
        }
        return batch;
    }
}
