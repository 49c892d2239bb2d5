package org.ctstream.benchmarks.micro;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.ImageIO;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.decode.ScanDecoder;
import org.ctstream.imaging.phantom.Phantom;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.ctstream.imaging.slice.GreySlice;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Encoded bytes to a grey slice: PNG and JPEG beside ImageIO alone, DICOM beside a copy of its values through a table. */
@State(Scope.Benchmark)
public class DecodeBenchmark {
    private static final int TABLE_SIZE = 1 << Short.SIZE;

    /** Seed of the phantom. */
    @Param("1")
    public long seed;

    private final ScanDecoder decoder = new ScanDecoder(DecodeLimits.DEFAULTS);
    private final byte[] table = new byte[TABLE_SIZE];
    private byte[] png = {};
    private byte[] jpeg = {};
    private byte[] dicom = {};
    private int pixels;

    /** For JMH. */
    public DecodeBenchmark() {}

    /** Makes the three files. */
    @Setup
    public void encode() throws IOException {
        ImageIO.setUseCache(false);
        Phantom phantom = new PhantomSlices().generate(seed, true);
        png = phantom.toPng();
        dicom = phantom.toDicom();
        pixels = phantom.hu().length;
        jpeg = jpegOf(phantom.toGreySlice());
    }

    @Benchmark
    public GreySlice png() throws ScanDecodeException {
        return decoder.decode(png).slice();
    }

    @Benchmark
    public BufferedImage pngBaseline() throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    @Benchmark
    public GreySlice jpeg() throws ScanDecodeException {
        return decoder.decode(jpeg).slice();
    }

    @Benchmark
    public BufferedImage jpegBaseline() throws IOException {
        return ImageIO.read(new ByteArrayInputStream(jpeg));
    }

    @Benchmark
    public GreySlice dicom() throws ScanDecodeException {
        return decoder.decode(dicom).slice();
    }

    /** The file's last bytes as 16-bit values, each to a byte by a table: what no DICOM decoder can do without. */
    @Benchmark
    public byte[] dicomBaseline() {
        var values = ByteBuffer.wrap(dicom, dicom.length - Short.BYTES * pixels, Short.BYTES * pixels)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer();
        byte[] grey = new byte[pixels];
        for (int i = 0; i < pixels; i++) {
            grey[i] = table[values.get(i) & (TABLE_SIZE - 1)];
        }
        return grey;
    }

    private static byte[] jpegOf(GreySlice slice) throws IOException {
        var image = new BufferedImage(slice.width(), slice.height(), BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, slice.width(), slice.height(), slice.pixels());
        var out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", out);
        return out.toByteArray();
    }
}
