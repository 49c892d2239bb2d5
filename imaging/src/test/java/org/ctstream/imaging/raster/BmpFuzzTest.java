package org.ctstream.imaging.raster;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.awt.image.BufferedImage;
import java.util.stream.Stream;
import org.ctstream.imaging.Pictures;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.fuzz.FuzzRules;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as a BMP. How to run it for long: docs/fuzzing.md. */
class BmpFuzzTest {
    static {
        seeds().forEach(BmpFuzzTest::decode);
    }

    static Stream<byte[]> seeds() {
        return Stream.of(
                Pictures.encode(Pictures.colour(BufferedImage.TYPE_3BYTE_BGR), "bmp"),
                Pictures.encode(Pictures.grey(BufferedImage.TYPE_BYTE_GRAY, 1), "bmp"),
                Pictures.encode(Pictures.palette(), "bmp"));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "", maxExecutions = 2_000)
    void bmpGivesASliceOrARejection(byte[] bytes) {
        decode(bytes);
    }

    private static void decode(byte[] bytes) {
        FuzzRules.check(bytes, (file, deadline) -> {
            if (!RasterDecoder.BMP.recognises(file)) {
                throw new ScanDecodeException(ScanDecodeException.Reason.UNKNOWN_FORMAT, "file", "other", "none");
            }
            return RasterDecoder.BMP.decode(file, FuzzRules.LIMITS, deadline);
        });
    }
}
