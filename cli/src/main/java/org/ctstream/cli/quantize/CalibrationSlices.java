package org.ctstream.cli.quantize;

import java.util.List;
import java.util.function.Predicate;

/** Where slices without labels come from. */
interface CalibrationSlices {
    /**
     * Takes a random sample, the same every time as long as the source is the same.
     *
     * @param count the most slices
     * @param side height and width of the slices
     * @param wanted whether a slice may be taken
     */
    Sample take(int count, int side, Predicate<byte[]> wanted);

    /** For people: what they are taken from. */
    String source();

    /**
     * What was found.
     *
     * @param slices side x side pixels each, row-major, 0 to 255; no two alike
     * @param unusable scans that could not be decoded or have another size
     * @param unwanted scans that were left out, or were there twice
     */
    record Sample(List<byte[]> slices, int unusable, int unwanted) {
        public Sample {
            slices = List.copyOf(slices);
        }
    }
}
