package org.ctstream.imaging.raster;

import java.awt.image.Raster;
import org.ctstream.imaging.bounds.DecodeDeadline;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.slice.GreySlice;

/**
 * Grey of a four-component JPEG by plain arithmetic: Adobe writers store the inks inverted, so that a colour is ink ×
 * black / 255. The codec's own way would look for a printing profile on the machine and give other pixels on other
 * machines.
 */
final class CmykJpeg {

    private static final int YCCK = 2;

    private CmykJpeg() {}

    static GreySlice grey(Raster raster, int adobeTransform, DecodeDeadline deadline) throws ScanDecodeException {
        int width = raster.getWidth();
        int[] samples = new int[width * 4];
        byte[] pixels = new byte[width * raster.getHeight()];
        for (int row = 0; row < raster.getHeight(); row++) {
            deadline.check("JPEG");
            raster.getPixels(raster.getMinX(), raster.getMinY() + row, width, 1, samples);
            for (int column = 0; column < width; column++) {
                pixels[row * width + column] = (byte) grey(samples, column * 4, adobeTransform);
            }
        }
        return new GreySlice(raster.getHeight(), width, pixels);
    }

    private static int grey(int[] samples, int at, int adobeTransform) {
        int first = samples[at];
        int second = samples[at + 1];
        int third = samples[at + 2];
        int black = samples[at + 3];
        // YCCK: the luma is that of 255 minus the inverted inks. Without an Adobe segment inks are not inverted.
        int ink = adobeTransform == YCCK ? 255 - first : Luminance.of(first, second, third);
        return adobeTransform >= 0 ? (ink * black + 127) / 255 : ((255 - ink) * (255 - black) + 127) / 255;
    }
}
