package org.ctstream.trainer.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import org.ctstream.imaging.slice.GreySlice;
import org.ctstream.imaging.slice.SliceNormalizer;

/**
 * Stretched slices on disk, {@code slices/<preprocessing version>/<side>/<digest>}, so that an image is decoded once and
 * not once an epoch. A file holds side × side grey bytes, then the source's height and width and a CRC-32 of all before,
 * big-endian. A file that does not fit is as good as absent: all of it can be made again.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads and processes.
 */
final class SliceCache {
    private static final int TRAILER_BYTES = 3 * Integer.BYTES;

    private final Path allVersions;
    private final Path root;

    SliceCache(Path folder) {
        this.allVersions = folder.resolve("slices");
        // Other preprocessing, other pixels: an update must not train on the old ones.
        this.root = allVersions.resolve(SliceNormalizer.PREPROCESSING_VERSION);
    }

    Optional<SourceSlice> get(String digest, int side) {
        Path file = file(digest, side);
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new DatasetException(
                    "Cannot read the kept slice " + file + ": " + e.getMessage()
                            + ". Remedy: check the disk; the folder \"slices\" may be deleted and is made again.",
                    e);
        }
        int pixels = side * side;
        if (content.length != pixels + TRAILER_BYTES) {
            return Optional.empty();
        }
        ByteBuffer trailer = ByteBuffer.wrap(content, pixels, TRAILER_BYTES);
        int height = trailer.getInt();
        int width = trailer.getInt();
        if (trailer.getInt() != checksum(content)) {
            return Optional.empty();
        }
        return Optional.of(new SourceSlice(new GreySlice(side, side, Arrays.copyOf(content, pixels)), height, width));
    }

    /** @throws DatasetException if the disk does not take it */
    void put(String digest, int side, SourceSlice made) {
        byte[] pixels = made.slice().pixels();
        ByteBuffer content = ByteBuffer.allocate(pixels.length + TRAILER_BYTES);
        content.put(pixels).putInt(made.sourceHeight()).putInt(made.sourceWidth());
        content.putInt(checksum(content.array()));
        AtomicFiles.write(file(digest, side), content.array());
    }

    /** The folder all sides and versions are below. */
    Path root() {
        return allVersions;
    }

    private Path file(String digest, int side) {
        return root.resolve(Integer.toString(side)).resolve(digest);
    }

    private static int checksum(byte[] content) {
        var crc = new CRC32();
        crc.update(content, 0, content.length - Integer.BYTES);
        return (int) crc.getValue();
    }
}
