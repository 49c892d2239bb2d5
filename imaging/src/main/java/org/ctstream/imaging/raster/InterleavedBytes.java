package org.ctstream.imaging.raster;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import org.ctstream.imaging.bounds.DecodeDeadline;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.slice.GreySlice;

/** Images whose 8-bit samples lie pixel by pixel in their natural order in one array, which is read without a copy. */
final class InterleavedBytes {

    /** Looking at the clock for each row of a narrow image would cost more than the row. */
    private static final int ROWS_PER_LOOK = 16;

    private InterleavedBytes() {}

    /** An empty RGB image whose samples lie red, green, blue. */
    static BufferedImage rgb(int width, int height) {
        int[] order = {0, 1, 2};
        WritableRaster raster = Raster.createInterleavedRaster(
                DataBuffer.TYPE_BYTE, width, height, Math.multiplyExact(3, width), 3, order, null);
        ComponentColorModel colours = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
        return new BufferedImage(colours, raster, false, null);
    }

    /** Whether the raster is such an image, whole and from the array's start. */
    static boolean holds(Raster raster) {
        return raster.getDataBuffer() instanceof DataBufferByte
                && raster.getSampleModel() instanceof PixelInterleavedSampleModel model
                && inOrder(model.getBandOffsets())
                && model.getPixelStride() == model.getNumBands()
                && model.getScanlineStride() == raster.getWidth() * model.getNumBands()
                && raster.getDataBuffer().getSize() == raster.getHeight() * model.getScanlineStride()
                && raster.getDataBuffer().getOffset() == 0
                && raster.getParent() == null;
    }

    private static boolean inOrder(int[] offsets) {
        for (int band = 0; band < offsets.length; band++) {
            if (offsets[band] != band) {
                return false;
            }
        }
        return offsets.length <= 4;
    }

    /** The grey of an image that {@link #holds}; a grey image gives up its array. */
    static GreySlice grey(Raster raster, String format, DecodeDeadline deadline) throws ScanDecodeException {
        byte[] samples = ((DataBufferByte) raster.getDataBuffer()).getData();
        int width = raster.getWidth();
        int bands = raster.getNumBands();
        if (bands == 1) {
            return new GreySlice(raster.getHeight(), width, samples);
        }
        byte[] pixels = new byte[raster.getHeight() * width];
        for (int row = 0; row < raster.getHeight(); row++) {
            if (row % ROWS_PER_LOOK == 0) {
                deadline.check(format);
            }
            GreyRow.write(samples, row * width * bands, bands, pixels, row * width, width);
        }
        return new GreySlice(raster.getHeight(), width, pixels);
    }
}
