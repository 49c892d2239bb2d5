package org.ctstream.imaging.dicom;

import org.ctstream.imaging.bounds.ByteWindow;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.raster.Luminance;
import org.ctstream.imaging.slice.GreySlice;

/** Luma of uncompressed 8-bit colour; of YBR_FULL it is the first sample as it stands. */
final class ColourFrame {

    private ColourFrame() {}

    static GreySlice grey(ByteWindow samples, PixelLayout layout) throws ScanDecodeException {
        if (layout.photometric() == Photometric.YBR_FULL_422) {
            throw Photometric.unsupported("YBR_FULL_422 without JPEG");
        }
        byte[] in = samples.array();
        byte[] pixels = new byte[layout.pixels()];
        int pixelStep = layout.planar() ? 1 : 3;
        int sampleStep = layout.planar() ? pixels.length : 1;
        boolean rgb = layout.photometric() == Photometric.RGB;
        for (int i = 0; i < pixels.length; i++) {
            int at = samples.arrayOffset() + i * pixelStep;
            int first = in[at] & 0xFF;
            pixels[i] = (byte)
                    (rgb ? Luminance.of(first, in[at + sampleStep] & 0xFF, in[at + 2 * sampleStep] & 0xFF) : first);
        }
        return new GreySlice(layout.rows(), layout.columns(), pixels);
    }
}
