package org.ctstream.imaging.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.decode.ScanDecoder;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of the largest allowed length that hold nothing but the smallest parts there are. */
class MillionsOfPartsTest {
    private static final int LENGTH = (32 << 20) - 1024;
    private static final int ITEM = 0xFFFEE000;
    private static final Duration MOST_CPU = Duration.ofSeconds(2);

    static Stream<Named<Supplier<byte[]>>> files() {
        return Stream.of(
                file("empty fragments", () -> fragments(DicomFileBuilder.item(ITEM, 0))),
                file("fragments of two bytes", () -> fragments(append(DicomFileBuilder.item(ITEM, 2), new byte[2]))),
                file(
                        "empty items of a sequence",
                        () -> DicomFileBuilder.valid()
                                .undefined(0x00081140, "SQ", many(DicomFileBuilder.item(ITEM, 0)))
                                .build()),
                file(
                        "empty elements",
                        () -> append(
                                DicomFileBuilder.valid().without(0x7FE00010).build(),
                                many(new byte[] {0x40, 0, 0x01, 0, 'C', 'S', 0, 0}))),
                file(
                        "JPEG comments",
                        () -> append(new byte[] {-1, (byte) 0xD8}, many(new byte[] {-1, (byte) 0xFE, 0, 2}))));
    }

    private static Named<Supplier<byte[]>> file(String what, Supplier<byte[]> file) {
        return Named.of(what, file);
    }

    @ParameterizedTest
    @MethodSource("files")
    void endInARejectionWithinTwoSecondsOfTheProcessor(Supplier<byte[]> made) {
        byte[] file = made.get();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();

        ScanDecodeException rejection = catchThrowableOfType(
                ScanDecodeException.class, () -> new ScanDecoder(DecodeLimits.DEFAULTS).decode(file));

        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before)).isLessThan(MOST_CPU);
        assertThat(rejection.detail()).doesNotContain("decoding ended in");
    }

    private static byte[] fragments(byte[] fragment) {
        return DicomFileBuilder.valid()
                .us(0x00280100, 8)
                .us(0x00280101, 8)
                .us(0x00280102, 7)
                .syntax("1.2.840.10008.1.2.5")
                .undefined(0x7FE00010, "OB", many(fragment))
                .build();
    }

    private static byte[] many(byte[] part) {
        byte[] all = new byte[LENGTH / part.length * part.length];
        for (int at = 0; at < all.length; at += part.length) {
            System.arraycopy(part, 0, all, at, part.length);
        }
        return all;
    }

    private static byte[] append(byte[] head, byte[] tail) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(head.length + tail.length);
        out.writeBytes(head);
        out.writeBytes(tail);
        return out.toByteArray();
    }
}
