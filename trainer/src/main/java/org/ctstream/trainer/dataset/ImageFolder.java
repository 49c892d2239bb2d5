package org.ctstream.trainer.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.decode.ScanDecoder;
import org.ctstream.imaging.slice.GreySlice;
import org.ctstream.imaging.slice.SliceNormalizer;
import org.ctstream.service.fetch.Sha256;

/**
 * A content-addressed folder of images: encoded bytes at {@code objects/ab/abcdef…}, named by their SHA-256, and the
 * slices made of them (see {@link SliceCache}).
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads and processes, {@link #retain} apart.
 */
final class ImageFolder {
    private static final Duration LONGEST_WRITE = Duration.ofHours(1);

    private final Path objects;
    private final SliceCache slices;
    private final ScanDecoder decoder;
    private final SliceNormalizer normalizer = new SliceNormalizer();

    ImageFolder(Path root, DecodeLimits limits) {
        this.objects = root.resolve("objects");
        this.slices = new SliceCache(root);
        this.decoder = new ScanDecoder(limits);
    }

    /**
     * Keeps an image and its slice of the evaluation's side; both are written once.
     *
     * @param digest SHA-256 of the content
     * @throws ScanDecodeException if it is none that can be decoded; then nothing is kept
     * @throws DatasetException if the disk does not take it
     */
    void put(String digest, byte[] content) throws ScanDecodeException {
        if (slices.get(digest, SliceNormalizer.SIDE).isEmpty()) {
            slices.put(digest, SliceNormalizer.SIDE, decode(content, SliceNormalizer.SIDE));
        }
        Path file = object(digest);
        if (!hasSize(file, content.length)) {
            AtomicFiles.write(file, content);
        }
    }

    /**
     * An image's slice, stretched to side × side; decoded at the first call for a side, read from the disk afterwards.
     *
     * @throws DatasetException if the image is not here, is damaged, or the disk does not take the slice
     */
    SourceSlice slice(String digest, int side) {
        return slices.get(digest, side).orElseGet(() -> {
            SourceSlice made = decodeKept(digest, side);
            slices.put(digest, side, made);
            return made;
        });
    }

    boolean has(String digest) {
        return Files.isRegularFile(object(digest));
    }

    /** Deletes every image but these and all that was made of them. Nobody else may use the folder meanwhile. */
    void retain(Set<String> digests) {
        for (Path below : List.of(objects, slices.root())) {
            if (!Files.isDirectory(below)) {
                continue;
            }
            try (Stream<Path> files = Files.walk(below)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String name = String.valueOf(file.getFileName());
                    // Somebody who reads an older data set may be writing a slice this very moment.
                    if (!digests.contains(name) && !(name.endsWith(AtomicFiles.UNFINISHED) && isFresh(file))) {
                        Files.deleteIfExists(file);
                    }
                }
            } catch (IOException | UncheckedIOException e) {
                throw new DatasetException(
                        "Cannot delete images that are no longer labelled below " + below + ": " + e.getMessage()
                                + ". Remedy: give this process the right to write there, and run again.",
                        e);
            }
        }
    }

    private static boolean isFresh(Path file) {
        try {
            return Files.getLastModifiedTime(file)
                    .toInstant()
                    .isAfter(Instant.now().minus(LONGEST_WRITE));
        } catch (IOException e) {
            return true; // gone already, or not ours to judge
        }
    }

    private SourceSlice decodeKept(String digest, int side) {
        try {
            return decode(read(digest), side);
        } catch (ScanDecodeException e) {
            throw new DatasetException(
                    "Image " + digest + " was decoded before and cannot be now: " + e.getMessage(), e);
        }
    }

    private byte[] read(String digest) {
        Path file = object(digest);
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new DatasetException(
                    "There is no image " + digest + " in the data set's folder: its label was removed, or the folder"
                            + " was deleted. Remedy: read the topic or the lists again, then start again.",
                    e);
        } catch (IOException e) {
            throw new DatasetException("Cannot read " + file + ": " + e.getMessage() + ". Remedy: check the disk.", e);
        }
        String found = Sha256.hex(content);
        if (!found.equals(digest)) {
            throw new DatasetException(
                    "The file " + file + " is damaged: its SHA-256 is " + found
                            + " (expected: its name). Remedy: delete it, read the topic or the lists again, then start"
                            + " again.",
                    null);
        }
        return content;
    }

    private SourceSlice decode(byte[] content, int side) throws ScanDecodeException {
        GreySlice whole = decoder.decode(content).slice();
        return new SourceSlice(normalizer.normalize(whole, side), whole.height(), whole.width());
    }

    private Path object(String digest) {
        return objects.resolve(digest.substring(0, 2)).resolve(digest);
    }

    private static boolean hasSize(Path file, long size) {
        try {
            return Files.size(file) == size;
        } catch (IOException e) {
            return false;
        }
    }
}
