package org.ctstream.imaging.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ctstream.imaging.Pictures;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.phantom.DicomEncoding;
import org.ctstream.imaging.phantom.DicomEncoding.Syntax;
import org.ctstream.imaging.phantom.DicomEncoding.Values;
import org.ctstream.imaging.phantom.Phantom;
import org.ctstream.imaging.phantom.PhantomSlices;

/** Damaged files end in a slice or in a ScanDecodeException, never in anything else, and in time. */
class MutatedScanTest {

    private static final DecodeLimits LIMITS = new DecodeLimits(1 << 20, 2048, 2048, 1 << 20, Duration.ofSeconds(2));
    private static final List<byte[]> VALID = validFiles();

    private final ScanDecoder decoder = new ScanDecoder(LIMITS);

    @Property(tries = 3000)
    void changedBytesGiveASliceOrARejection(
            @ForAll @IntRange(max = 10_000) int pick,
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 12) int changes) {
        byte[] bytes = VALID.get(pick % VALID.size()).clone();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < changes; i++) {
            // Half of the changes go to the first bytes, where headers and lengths stand.
            int range = random.nextBoolean() ? Math.min(bytes.length, 700) : bytes.length;
            bytes[random.nextInt(range)] = (byte) random.nextInt();
        }

        assertSliceOrRejection(bytes);
    }

    @Property(tries = 1000)
    void cutOrSplicedFilesGiveASliceOrARejection(
            @ForAll @IntRange(max = 10_000) int pick, @ForAll @IntRange(max = 10_000) int other, @ForAll long seed) {
        byte[] one = VALID.get(pick % VALID.size());
        byte[] two = VALID.get(other % VALID.size());
        SplittableRandom random = new SplittableRandom(seed);
        int kept = random.nextInt(one.length);
        int from = random.nextInt(two.length);
        byte[] bytes = Arrays.copyOf(one, kept + two.length - from);
        System.arraycopy(two, from, bytes, kept, two.length - from);

        assertSliceOrRejection(bytes);
    }

    private void assertSliceOrRejection(byte[] bytes) {
        long start = System.nanoTime();
        try {
            DecodedScan scan = decoder.decode(bytes);
            assertThat((long) scan.slice().height() * scan.slice().width()).isLessThanOrEqualTo(LIMITS.maxPixels());
        } catch (ScanDecodeException e) {
            assertThat(e).hasMessageContaining("Remedy: ");
            assertThat(e.detail())
                    .as("a check names the fault, not the last line of defence")
                    .doesNotContain("decoding ended in");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    private static List<byte[]> validFiles() {
        BufferedImage colour = Pictures.colour(BufferedImage.TYPE_3BYTE_BGR);
        Phantom phantom = new PhantomSlices(64).generate(5, true);
        return List.of(
                Pictures.encode(colour, "png"),
                Pictures.progressive(colour, "png"),
                Pictures.encode(Pictures.palette(), "png"),
                Pictures.encode(colour, "jpeg"),
                Pictures.progressive(colour, "jpeg"),
                Pictures.resource("cmyk.jpg"),
                Pictures.encode(colour, "tiff"),
                Pictures.resource("rgb-lzw.tif"),
                Pictures.resource("rgb-deflate.tif"),
                Pictures.resource("grey16.tif"),
                Pictures.encode(colour, "bmp"),
                Pictures.encode(Pictures.palette(), "bmp"),
                phantom.toDicom(),
                phantom.toDicom(new DicomEncoding(Syntax.IMPLICIT_LITTLE_ENDIAN, Values.HU_SIGNED_16, false)),
                phantom.toDicom(new DicomEncoding(Syntax.DEFLATED_LITTLE_ENDIAN, Values.HU_UNSIGNED_12, true)),
                phantom.toDicom(new DicomEncoding(Syntax.EXPLICIT_BIG_ENDIAN, Values.WINDOWED_8, true)),
                phantom.toDicom(new DicomEncoding(Syntax.JPEG_BASELINE, Values.WINDOWED_8, false)));
    }
}
