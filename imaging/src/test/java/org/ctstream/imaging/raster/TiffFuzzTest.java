package org.ctstream.imaging.raster;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.awt.image.BufferedImage;
import java.util.stream.Stream;
import org.ctstream.imaging.Pictures;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.fuzz.FuzzRules;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as a TIFF. How to run it for long: docs/fuzzing.md. */
class TiffFuzzTest {
    static {
        seeds().forEach(TiffFuzzTest::decode);
    }

    static Stream<byte[]> seeds() {
        return Stream.of(
                Pictures.encode(Pictures.colour(BufferedImage.TYPE_3BYTE_BGR), "tiff"),
                Pictures.encode(Pictures.grey(BufferedImage.TYPE_BYTE_GRAY, 1), "tiff"),
                Pictures.encode(Pictures.palette(), "tiff"),
                Pictures.resource("rgb-lzw.tif"),
                Pictures.resource("rgb-deflate.tif"),
                Pictures.resource("grey16.tif"),
                Pictures.resource("white-is-zero.tif"));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "", maxExecutions = 2_000)
    void tiffGivesASliceOrARejection(byte[] bytes) {
        decode(bytes);
    }

    private static void decode(byte[] bytes) {
        FuzzRules.check(bytes, (file, deadline) -> {
            if (!RasterDecoder.TIFF.recognises(file)) {
                throw new ScanDecodeException(ScanDecodeException.Reason.UNKNOWN_FORMAT, "file", "other", "none");
            }
            return RasterDecoder.TIFF.decode(file, FuzzRules.LIMITS, deadline);
        });
    }
}
