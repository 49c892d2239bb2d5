package org.ctstream.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.ctstream.schemas.avro.ClaimCheck;
import org.ctstream.schemas.avro.InlinePayload;
import org.ctstream.schemas.avro.Priority;
import org.ctstream.schemas.avro.ScanReceived;

/** Received scans, good and bad. */
public final class TestScans {
    public static final Instant RECEIVED_AT = Instant.parse("2026-11-22T10:15:30.123Z");

    private TestScans() {}

    public static byte[] png(long seed) {
        return new PhantomSlices(64).generate(seed, seed % 2 == 0).toPng();
    }

    public static byte[] dicom(long seed) {
        return new PhantomSlices(64).generate(seed, true).toDicom();
    }

    public static byte[] truncated(byte[] whole) {
        return Arrays.copyOf(whole, whole.length / 2);
    }

    /** A PNG header that declares more pixels than anybody's memory, in a file of a few bytes. */
    public static byte[] pixelBomb() {
        var png = new ByteArrayOutputStream();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        chunk(png, "IHDR", new byte[] {0, 0, (byte) 0xEA, 0x60, 0, 0, (byte) 0xEA, 0x60, 8, 0, 0, 0, 0});
        chunk(png, "IDAT", new byte[8]);
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
        var crc = new CRC32();
        crc.update(type.getBytes(US_ASCII));
        crc.update(data);
        png.writeBytes(intBytes(data.length));
        png.writeBytes(type.getBytes(US_ASCII));
        png.writeBytes(data);
        png.writeBytes(intBytes((int) crc.getValue()));
    }

    private static byte[] intBytes(int value) {
        return new byte[] {(byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value};
    }

    public static ScanReceived inline(String scanId, byte[] content) {
        return scan(scanId, new InlinePayload(ByteBuffer.wrap(content)));
    }

    /** A claim check that tells the truth. */
    public static ScanReceived claim(String scanId, String uri, byte[] content) {
        return claim(scanId, uri, sha256(content), content.length);
    }

    public static ScanReceived claim(String scanId, String uri, String sha256, long length) {
        return scan(scanId, new ClaimCheck(uri, sha256, length));
    }

    private static ScanReceived scan(String scanId, Object payload) {
        return ScanReceived.newBuilder()
                .setScanId(scanId)
                .setSource("CT-SCANNER-1")
                .setReceivedAt(RECEIVED_AT)
                .setPriority(Priority.ROUTINE)
                .setAttributes(Map.of("ward", "internal"))
                .setPayload(payload)
                .build();
    }

    public static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
