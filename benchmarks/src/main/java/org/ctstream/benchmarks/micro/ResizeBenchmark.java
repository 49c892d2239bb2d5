package org.ctstream.benchmarks.micro;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.ctstream.imaging.slice.GreySlice;
import org.ctstream.imaging.slice.SliceNormalizer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** 512 x 512 to 224 x 224, antialiased, beside the JDK's bilinear drawing, which is not, and beside a copy of the input. */
@State(Scope.Benchmark)
public class ResizeBenchmark {
    /** Seed of the phantom. */
    @Param("1")
    public long seed;

    private final SliceNormalizer normalizer = new SliceNormalizer();
    private GreySlice slice = new GreySlice(1, 1, new byte[1]);
    private BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);

    /** For JMH. */
    public ResizeBenchmark() {}

    /** Makes the slice. */
    @Setup
    public void draw() {
        slice = new PhantomSlices().generate(seed, true).toGreySlice();
        image = new BufferedImage(slice.width(), slice.height(), BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, slice.width(), slice.height(), slice.pixels());
    }

    @Benchmark
    public GreySlice resize() {
        return normalizer.normalize(slice);
    }

    @Benchmark
    public BufferedImage resizeBaseline() {
        var small = new BufferedImage(SliceNormalizer.SIDE, SliceNormalizer.SIDE, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = small.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, SliceNormalizer.SIDE, SliceNormalizer.SIDE, null);
        graphics.dispose();
        return small;
    }

    @Benchmark
    public byte[] resizeCopyBaseline() {
        return slice.pixels().clone();
    }
}
