package org.ctstream.cli.it;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.ctstream.imaging.phantom.PhantomSlices;

/** Files as they turn up in a folder of scans and are none. */
final class BadFiles {
    static final List<String> NAMES = List.of("text.png", "truncated.png", "empty.png", "bomb.png");
    static final int COUNT = 4;

    private static final int BOMB_SIDE = 60_000;
    private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private BadFiles() {}

    static void writeTo(Path directory) throws IOException {
        byte[] whole = new PhantomSlices(128).generate(99, false).toPng();
        Files.writeString(directory.resolve("text.png"), "This is a text file with the wrong name.\n");
        Files.write(directory.resolve("truncated.png"), Arrays.copyOf(whole, whole.length / 2));
        Files.write(directory.resolve("empty.png"), new byte[0]);
        Files.write(directory.resolve("bomb.png"), bomb());
    }

    /** A header that declares 3.6 gigapixels, and next to nothing behind it. */
    private static byte[] bomb() {
        ByteBuffer header =
                ByteBuffer.allocate(13).putInt(BOMB_SIDE).putInt(BOMB_SIDE).put(new byte[] {8, 0, 0, 0, 0});
        ByteBuffer file = ByteBuffer.allocate(200).put(PNG_SIGNATURE);
        chunk(file, "IHDR", header.array());
        chunk(file, "IDAT", new byte[] {0x78, (byte) 0x9c, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01});
        chunk(file, "IEND", new byte[0]);
        return Arrays.copyOf(file.array(), file.position());
    }

    private static void chunk(ByteBuffer file, String type, byte[] data) {
        var crc = new CRC32();
        crc.update(type.getBytes(US_ASCII));
        crc.update(data);
        file.putInt(data.length).put(type.getBytes(US_ASCII)).put(data).putInt((int) crc.getValue());
    }
}
