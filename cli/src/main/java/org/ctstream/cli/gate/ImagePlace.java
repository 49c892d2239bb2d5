package org.ctstream.cli.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ctstream.cli.CliException;
import org.ctstream.cli.publish.ScanFiles;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.decode.ScanDecoder;
import org.ctstream.imaging.slice.GreySlice;
import org.ctstream.imaging.slice.SliceNormalizer;
import org.ctstream.trainer.dataset.DatasetException;
import org.ctstream.trainer.dataset.LabelList;

/**
 * Where images are: a folder with its subfolders, one file, or a CSV list as {@code evaluate} takes it, with a name in front
 * if wanted: {@code NAME=PLACE}.
 *
 * @param name for people and for the file of parameters
 */
record ImagePlace(String name, Path place) {
    private static final ScanDecoder DECODER = new ScanDecoder(DecodeLimits.DEFAULTS);
    private static final SliceNormalizer NORMALIZER = new SliceNormalizer();

    /**
     * Images of a place.
     *
     * @param slices decoded and normalised as ingest does, in order of their names
     * @param unusable files that are no images
     */
    record Slices(List<GreySlice> slices, int unusable) {
        Slices {
            slices = List.copyOf(slices);
        }
    }

    static ImagePlace parse(String text) {
        int equals = text.indexOf('=');
        Path place = Path.of(text.substring(equals + 1));
        String name = equals > 0 ? text.substring(0, equals) : String.valueOf(place.getFileName());
        return new ImagePlace(name, place);
    }

    /** @throws CliException if the place is not there, or is a list that cannot be read */
    Slices read(Half half) {
        List<Path> files = files().stream().filter(half::takes).toList();
        List<Optional<GreySlice>> read =
                files.parallelStream().map(ImagePlace::slice).toList();
        List<GreySlice> slices = read.stream().flatMap(Optional::stream).toList();
        return new Slices(slices, files.size() - slices.size());
    }

    private List<Path> files() {
        if (!place.toString().toLowerCase(Locale.ROOT).endsWith(".csv")) {
            return ScanFiles.in(List.of(place)).stream()
                    .map(ScanFiles.Found::path)
                    .toList();
        }
        try {
            return LabelList.read(place, false).rows().stream()
                    .map(LabelList.Row::path)
                    .sorted()
                    .toList();
        } catch (DatasetException e) {
            throw CliException.usage(String.valueOf(e.getMessage()), e);
        }
    }

    private static Optional<GreySlice> slice(Path file) {
        try {
            return Optional.of(NORMALIZER.normalize(
                    DECODER.decode(Files.readAllBytes(file)).slice()));
        } catch (ScanDecodeException | IOException e) {
            return Optional.empty();
        }
    }
}
