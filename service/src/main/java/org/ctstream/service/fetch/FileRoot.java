package org.ctstream.service.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A folder. A root that is not there is a store that is away (an unmounted share), not a missing scan, so put the root
 * below the mount point. Symbolic links may lead anywhere within the root and nowhere else.
 */
record FileRoot(Path root) implements ClaimRoot {
    private static final int MAX_NAME_BYTES = 255;

    /** What Linux takes; elsewhere it is less. */
    private static final int MAX_PATH_BYTES = 4095;

    FileRoot {
        root = root.toAbsolutePath().normalize();
    }

    @Override
    public boolean covers(URI uri) {
        if (!"file".equalsIgnoreCase(uri.getScheme())) {
            return false;
        }
        try {
            return path(uri).startsWith(root);
        } catch (IllegalArgumentException e) {
            // A host, a query or a NUL in a file URI: no path of ours.
            return false;
        }
    }

    @Override
    public byte[] read(URI uri, int length) throws IOException {
        Path realRoot = root.toRealPath();
        try {
            Path real = resolve(path(uri));
            if (!real.startsWith(realRoot)) {
                throw FetchPoison.outsideRoots("a symbolic link leads out of " + describe());
            }
            if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
                throw FetchPoison.notAFile(describe());
            }
            return readExactly(real, length);
        } catch (NoSuchFileException e) {
            throw FetchPoison.notFound(describe(), e);
        } catch (AccessDeniedException e) {
            throw FetchPoison.accessDenied(describe(), e);
        }
    }

    /** Read anew from its text: of two slashes at a URI's end the JDK keeps one, which no file's path may have. */
    private static Path path(URI uri) {
        return Path.of(Path.of(uri).toString()).normalize();
    }

    /**
     * What no file system can resolve is told from a file system in trouble: the first would fail for ever, and one
     * publisher's slip must not hold up everybody's scans.
     */
    private Path resolve(Path path) throws IOException {
        if (path.toString().getBytes(UTF_8).length > MAX_PATH_BYTES) {
            throw FetchPoison.badUri("its path is longer than " + MAX_PATH_BYTES + " bytes");
        }
        for (Path name : path) {
            if (name.toString().getBytes(UTF_8).length > MAX_NAME_BYTES) {
                throw FetchPoison.badUri("a name in it is longer than " + MAX_NAME_BYTES + " bytes");
            }
        }
        try {
            return path.toRealPath();
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw e;
        } catch (FileSystemException e) {
            for (Path above = path.getParent(); above != null && above.startsWith(root); above = above.getParent()) {
                if (Files.isRegularFile(above)) {
                    throw FetchPoison.notFound(describe(), e);
                }
            }
            throw e;
        }
    }

    /** Without following links: the path is resolved already, and a link put there since is an attack. */
    private static byte[] readExactly(Path real, int length) throws IOException {
        try (SeekableByteChannel channel =
                Files.newByteChannel(real, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            long size = channel.size();
            if (size != length) {
                throw FetchPoison.lengthMismatch(length, Long.toString(size));
            }
            ByteBuffer content = ByteBuffer.allocate(length);
            while (content.hasRemaining()) {
                if (channel.read(content) < 0) {
                    throw new EOFException("the file became shorter while it was read");
                }
            }
            return content.array();
        }
    }

    @Override
    public String describe() {
        return root.toUri().toString();
    }
}
