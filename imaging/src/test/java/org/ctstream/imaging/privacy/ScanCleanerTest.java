package org.ctstream.imaging.privacy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.bounds.ScanDecodeException.Reason;
import org.ctstream.imaging.decode.ScanDecoder;
import org.ctstream.imaging.phantom.DicomEncoding;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanCleanerTest {
    private static final String NAME = "QUIXWORTH^ZEBEDIAH";

    private final ScanCleaner cleaner = new ScanCleaner(DecodeLimits.DEFAULTS);
    private final byte[] png = new PhantomSlices(64).generate(3, true).toPng();

    @Test
    void textsBesideThePixelsOfAPngGo() throws Exception {
        byte[] named = withChunk(png, "tEXt", ("Patient\0" + NAME).getBytes(ISO_8859_1));
        named = withChunk(named, "eXIf", NAME.getBytes(ISO_8859_1));
        named = withChunk(named, "prVt", NAME.getBytes(ISO_8859_1));
        named = concat(named, NAME.getBytes(ISO_8859_1));

        byte[] clean = cleaner.clean(named).content();

        assertThat(clean).isEqualTo(png);
    }

    @Test
    void truncatedPngStaysOne() throws Exception {
        byte[] cut = Arrays.copyOf(png, png.length / 2);

        assertThat(cleaner.clean(cut).content()).isEqualTo(cut);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xFE, 0xE1, 0xE2, 0xED, 0xE0, 0xEE, 0xEF})
    void segmentsBesideThePixelsOfAJpegGo(int marker) throws Exception {
        byte[] jpeg = jpeg();
        byte[] segment = NAME.getBytes(ISO_8859_1);
        var named = new ByteArrayOutputStream();
        named.write(jpeg, 0, 2);
        named.writeBytes(new byte[] {(byte) 0xFF, (byte) marker, 0, (byte) (segment.length + 2)});
        named.writeBytes(segment);
        named.write(jpeg, 2, jpeg.length - 2);
        named.writeBytes(segment);

        byte[] clean = cleaner.clean(named.toByteArray()).content();

        assertThat(text(clean)).doesNotContain("QUIXWORTH");
        assertThat(decode(clean)).isEqualTo(decode(jpeg));
    }

    @Test
    void jpegWithoutAnythingBesideItsPixelsIsCopied() throws Exception {
        byte[] jpeg = jpeg();

        assertThat(cleaner.clean(jpeg).content()).isEqualTo(jpeg);
        assertThat(cleaner.clean(Arrays.copyOf(jpeg, jpeg.length / 2)).content())
                .isEqualTo(Arrays.copyOf(jpeg, jpeg.length / 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiff", "bmp"})
    void fileWithPlacesNobodyReadsBecomesThePngOfItsPixels(String format) throws Exception {
        var file = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image(), format, file)).isTrue();
        byte[] named = concat(file.toByteArray(), NAME.getBytes(ISO_8859_1));

        byte[] clean = cleaner.clean(named).content();

        assertThat(text(clean)).doesNotContain("QUIXWORTH");
        assertThat(decode(clean)).isEqualTo(decode(named));
    }

    @Test
    void dicomComesBackWithItsIdentityApart() throws Exception {
        var phantom = new PhantomSlices(64).generate(3, true);
        CleanScan clean = cleaner.clean(phantom.toDicom(DicomEncoding.DEFAULT));

        assertThat(clean.identity().orElseThrow().patientId()).contains("SYNTHETIC-3");
        assertThat(text(clean.content())).doesNotContain("SYNTHETIC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%PDF-1.7 report of ", "PK\u0003\u0004", "{\"name\": \"", "MSH|^~\\&|", "\u00dc"})
    void ofWhatIsNoImageNothingTravelsButItsKind(String begin) throws Exception {
        byte[] report = (begin + NAME + "\n").getBytes(UTF_8);

        byte[] clean = cleaner.clean(report).content();

        assertThat(text(clean)).doesNotContain("QUIX", "report");
        assertThatThrownBy(() -> decode(clean))
                .isInstanceOfSatisfying(
                        ScanDecodeException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_FORMAT));
    }

    @Test
    void kindOfWhatWasLeftOutIsStillTold() throws Exception {
        byte[] pdf = cleaner.clean(("%PDF-1.7 " + NAME).getBytes(UTF_8)).content();
        byte[] words = cleaner.clean(NAME.getBytes(UTF_8)).content();

        assertThatThrownBy(() -> decode(pdf)).hasMessageContaining("a PDF document");
        assertThatThrownBy(() -> decode(words)).hasMessageContaining("which the publisher has left out");
    }

    @Test
    void emptyFileStaysEmpty() throws Exception {
        assertThat(cleaner.clean(new byte[0]).content()).isEmpty();
    }

    private BufferedImage image() throws Exception {
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    private byte[] jpeg() throws Exception {
        var out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image(), "jpeg", out)).isTrue();
        return out.toByteArray();
    }

    private static Object decode(byte[] file) throws Exception {
        return new ScanDecoder(DecodeLimits.DEFAULTS).decode(file).slice();
    }

    /** Puts a chunk behind the header. */
    private static byte[] withChunk(byte[] png, String type, byte[] data) {
        var crc = new CRC32();
        crc.update(type.getBytes(ISO_8859_1));
        crc.update(data);
        byte[] chunk = ByteBuffer.allocate(data.length + 12)
                .putInt(data.length)
                .put(type.getBytes(ISO_8859_1))
                .put(data)
                .putInt((int) crc.getValue())
                .array();
        int header = 8 + 25;
        return concat(concat(Arrays.copyOf(png, header), chunk), Arrays.copyOfRange(png, header, png.length));
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}
