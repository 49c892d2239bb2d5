package org.ctstream.imaging.raster;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.awt.image.BufferedImage;
import java.util.stream.Stream;
import org.ctstream.imaging.Pictures;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.fuzz.FuzzRules;
import org.ctstream.imaging.fuzz.RepairedPng;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as a PNG. How to run it for long: docs/fuzzing.md. */
class PngFuzzTest {
    static {
        seeds().forEach(PngFuzzTest::decode);
    }

    static Stream<byte[]> seeds() {
        return Stream.of(
                Pictures.encode(Pictures.colour(BufferedImage.TYPE_3BYTE_BGR), "png"),
                Pictures.encode(Pictures.colour(BufferedImage.TYPE_4BYTE_ABGR), "png"),
                Pictures.progressive(Pictures.colour(BufferedImage.TYPE_3BYTE_BGR), "png"),
                Pictures.encode(Pictures.grey(BufferedImage.TYPE_BYTE_GRAY, 1), "png"),
                Pictures.encode(Pictures.grey(BufferedImage.TYPE_USHORT_GRAY, 200), "png"),
                Pictures.encode(Pictures.palette(), "png"),
                new PhantomSlices(64).generate(1, true).toPng());
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "", maxExecutions = 2_000)
    void pngGivesASliceOrARejection(byte[] bytes) {
        decode(bytes);
    }

    private static void decode(byte[] bytes) {
        FuzzRules.check(RepairedPng.of(bytes), (file, deadline) -> {
            if (!RasterDecoder.PNG.recognises(file)) {
                throw new ScanDecodeException(ScanDecodeException.Reason.UNKNOWN_FORMAT, "file", "other", "none");
            }
            return RasterDecoder.PNG.decode(file, FuzzRules.LIMITS, deadline);
        });
    }
}
