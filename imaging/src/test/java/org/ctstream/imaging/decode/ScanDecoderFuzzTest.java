package org.ctstream.imaging.decode;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.ctstream.imaging.Pictures;
import org.ctstream.imaging.fuzz.FuzzRules;
import org.ctstream.imaging.phantom.DicomEncoding;
import org.ctstream.imaging.phantom.DicomEncoding.Syntax;
import org.ctstream.imaging.phantom.DicomEncoding.Values;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as a scan of whatever format. How to run it for long: docs/fuzzing.md. */
class ScanDecoderFuzzTest {
    static {
        seeds().forEach(ScanDecoderFuzzTest::decode);
    }

    static Stream<byte[]> seeds() {
        BufferedImage colour = Pictures.colour(BufferedImage.TYPE_3BYTE_BGR);
        return Stream.of(
                Pictures.encode(colour, "png"),
                Pictures.encode(colour, "jpeg"),
                Pictures.encode(colour, "tiff"),
                Pictures.encode(colour, "bmp"),
                new PhantomSlices(64)
                        .generate(1, true)
                        .toDicom(new DicomEncoding(Syntax.JPEG_BASELINE, Values.WINDOWED_8, false)),
                "%PDF-1.7".getBytes(StandardCharsets.US_ASCII));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "", maxExecutions = 2_000)
    void anyFileGivesASliceOrARejection(byte[] bytes) {
        decode(bytes);
    }

    private static void decode(byte[] bytes) {
        FuzzRules.check(
                bytes,
                (file, deadline) ->
                        new ScanDecoder(FuzzRules.LIMITS).decode(bytes).slice());
    }
}
