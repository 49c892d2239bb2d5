package org.ctstream.cli.shadow;

import java.time.Instant;
import org.ctstream.schemas.avro.ScanNormalized;

/**
 * A slice to classify.
 *
 * @param scan its record
 * @param at when Kafka got it
 */
record Slice(ScanNormalized scan, Instant at) {
    ScanKey key() {
        return new ScanKey(scan.getScanId(), scan.getSourceDigest());
    }

    boolean isOf(int height, int width) {
        return scan.getHeight() == height
                && scan.getWidth() == width
                && scan.getPixels().remaining() == (long) height * width;
    }
}
