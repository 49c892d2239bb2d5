package org.ctstream.imaging.dicom;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.ctstream.imaging.Pictures;
import org.ctstream.imaging.fuzz.FuzzRules;
import org.ctstream.imaging.phantom.DicomEncoding;
import org.ctstream.imaging.phantom.DicomEncoding.Syntax;
import org.ctstream.imaging.phantom.DicomEncoding.Values;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as DICOM, in every transfer syntax that is read. How to run it for long: docs/fuzzing.md. */
class DicomFuzzTest {
    private static final int PIXEL_DATA = 0x7FE00010;
    private static final int ITEM = 0xFFFEE000;
    private static final int ITEM_END = 0xFFFEE00D;
    private static final int SEQUENCE_END = 0xFFFEE0DD;

    static {
        seeds().forEach(DicomFuzzTest::decode);
    }

    static Stream<byte[]> seeds() {
        return Stream.of(
                ct().build(),
                ct().implicitVr().build(),
                DicomFileBuilder.valid()
                        .text(0x00281050, "DS", "2")
                        .text(0x00281051, "DS", "4")
                        .build(),
                ct().undefined(0x00081140, "SQ", sequence()).build(),
                bigEndian().build(),
                deflated(ct()),
                rle().build(),
                jpeg().build(),
                colour().build(),
                new PhantomSlices(64)
                        .generate(1, true)
                        .toDicom(new DicomEncoding(Syntax.DEFLATED_LITTLE_ENDIAN, Values.WINDOWED_8, false)));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "", maxExecutions = 2_000)
    void dicomGivesASliceOrARejection(byte[] bytes) {
        decode(bytes);
    }

    private static void decode(byte[] bytes) {
        FuzzRules.check(
                bytes,
                (file, deadline) ->
                        new DicomReader(FuzzRules.LIMITS).read(file, deadline).slice());
    }

    private static DicomFileBuilder ct() {
        return DicomFileBuilder.valid()
                .text(0x00080060, "CS", "CT")
                .text(0x0008002A, "DT", "20200314150926.535898+0100")
                .text(0x00100020, "LO", "PHANTOM")
                .text(0x00281052, "DS", "-1024")
                .text(0x00281053, "DS", "1");
    }

    private static DicomFileBuilder eightBit() {
        return DicomFileBuilder.valid()
                .us(0x00280100, 8)
                .us(0x00280101, 8)
                .us(0x00280102, 7)
                .bytes(0, 7, 100, 200, 254, 255);
    }

    private static DicomFileBuilder bigEndian() {
        return new DicomFileBuilder()
                .bigEndian()
                .text(0x00280004, "CS", "MONOCHROME1")
                .us(0x00280010, 2)
                .us(0x00280011, 3)
                .us(0x00280100, 16)
                .us(0x00280101, 12)
                .us(0x00280102, 11)
                .us(0x00280103, 1)
                .words(0, 1, 2, 3, 4, 5);
    }

    private static DicomFileBuilder rle() {
        byte[] segments = new byte[64 + 8];
        segments[0] = 1;
        segments[4] = 64;
        // Three times 7, then three bytes as they are.
        byte[] packed = {-2, 7, 2, 1, 2, 3, -128, 0};
        System.arraycopy(packed, 0, segments, 64, packed.length);
        return eightBit().syntax("1.2.840.10008.1.2.5").undefined(PIXEL_DATA, "OB", fragments(segments));
    }

    private static DicomFileBuilder jpeg() {
        byte[] jpeg = Pictures.encode(Pictures.grey(BufferedImage.TYPE_BYTE_GRAY, 1), "jpeg");
        return eightBit()
                .syntax("1.2.840.10008.1.2.4.50")
                .us(0x00280010, Pictures.HEIGHT)
                .us(0x00280011, Pictures.WIDTH)
                .undefined(PIXEL_DATA, "OB", fragments(Arrays.copyOf(jpeg, jpeg.length + jpeg.length % 2)));
    }

    private static DicomFileBuilder colour() {
        return eightBit()
                .text(0x00280004, "CS", "RGB")
                .us(0x00280002, 3)
                .us(0x00280006, 1)
                .us(0x00280010, 1)
                .us(0x00280011, 2);
    }

    private static byte[] deflated(DicomFileBuilder file) {
        byte[] plain = file.build();
        byte[] head = new DicomFileBuilder().syntax("1.2.840.10008.1.2.1.99").build();
        // The same data set stands behind a head that is as long but for the transfer syntax.
        int start = new DicomFileBuilder().build().length;
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(plain, start, plain.length - start);
        deflater.finish();
        byte[] packed = new byte[plain.length];
        int length = deflater.deflate(packed);
        deflater.end();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head);
        out.write(packed, 0, length);
        return out.toByteArray();
    }

    private static byte[] sequence() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(DicomFileBuilder.item(ITEM, 0xFFFFFFFFL));
        out.writeBytes(DicomFileBuilder.item(ITEM_END, 0));
        out.writeBytes(DicomFileBuilder.item(SEQUENCE_END, 0));
        return out.toByteArray();
    }

    private static byte[] fragments(byte[] fragment) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(DicomFileBuilder.item(ITEM, 0));
        out.writeBytes(DicomFileBuilder.item(ITEM, fragment.length));
        out.writeBytes(fragment);
        out.writeBytes(DicomFileBuilder.item(SEQUENCE_END, 0));
        return out.toByteArray();
    }
}
