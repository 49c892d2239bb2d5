package org.ctstream.cli.quantize;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.ctstream.cli.publish.ScanFiles;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.decode.ScanDecoder;
import org.ctstream.imaging.slice.GreySlice;
import org.ctstream.imaging.slice.SliceNormalizer;

/** Scans in files, decoded and normalised as ingest does. */
final class FileSlices implements CalibrationSlices {
    private static final long SEED = 1;

    private final Path place;
    private final ScanDecoder decoder = new ScanDecoder(DecodeLimits.DEFAULTS);
    private final SliceNormalizer normalizer = new SliceNormalizer();

    /** @param place a file, or a folder that is searched with its subfolders */
    FileSlices(Path place) {
        this.place = place;
    }

    /** {@inheritDoc} Decodes no more files than it needs. */
    @Override
    public Sample take(int count, int side, Predicate<byte[]> wanted) {
        var files = new ArrayList<>(ScanFiles.in(List.of(place)));
        Collections.shuffle(files, new Random(SEED));
        var reservoir = new Reservoir(count, side, wanted);
        for (ScanFiles.Found file : files) {
            if (reservoir.isFull()) {
                break;
            }
            try {
                GreySlice slice = normalizer.normalize(
                        decoder.decode(Files.readAllBytes(file.path())).slice(), side);
                reservoir.offer(slice.height(), slice.width(), slice.pixels());
            } catch (ScanDecodeException | IOException e) {
                reservoir.refuse();
            }
        }
        return reservoir.sample();
    }

    @Override
    public String source() {
        return "files in " + place;
    }
}
