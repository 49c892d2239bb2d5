package org.ctstream.publisher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Something to publish as a scan; its bytes are read when its turn comes.
 *
 * @param name how people know it: the path below the folder it was found in. It stays with the publisher, since a file
 *     name can hold a patient's name
 * @param size encoded bytes, as far as known before reading
 * @param contentType media type guessed from the name, or null
 */
public record ScanInput(String name, long size, @Nullable String contentType, Content content) {

    /** Reads the encoded bytes. */
    @FunctionalInterface
    public interface Content {
        byte[] read() throws IOException;
    }

    /** A file; one that cannot be asked for its size is refused when it is read, with a better reason. */
    public static ScanInput ofFile(String name, Path file) {
        return new ScanInput(name, sizeOf(file), MediaTypes.ofName(name), () -> Files.readAllBytes(file));
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
