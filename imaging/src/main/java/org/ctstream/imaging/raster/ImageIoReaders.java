package org.ctstream.imaging.raster;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * Hands out the one codec each format is read with. Readers are chosen by their provider, not by the registry's order,
 * which depends on what else is on the class path: TwelveMonkeys for JPEG (tolerates odd colour markers), the JDK's own
 * for the rest.
 */
final class ImageIoReaders {

    private static final JPEGImageReaderSpi JPEG = jpegProvider();
    private static final ImageReaderSpi PNG = jdkProvider("png");
    private static final ImageReaderSpi TIFF = jdkProvider("tiff");
    private static final ImageReaderSpi BMP = jdkProvider("bmp");

    static {
        // The default cache writes every decoded scan's bytes, patient data, to a temporary file.
        ImageIO.setUseCache(false);
    }

    private ImageIoReaders() {}

    static ImageReader jpeg() throws IOException {
        return JPEG.createReaderInstance();
    }

    static ImageReader png() throws IOException {
        return PNG.createReaderInstance();
    }

    static ImageReader tiff() throws IOException {
        return TIFF.createReaderInstance();
    }

    static ImageReader bmp() throws IOException {
        return BMP.createReaderInstance();
    }

    private static JPEGImageReaderSpi jpegProvider() {
        JPEGImageReaderSpi registered =
                IIORegistry.getDefaultInstance().getServiceProviderByClass(JPEGImageReaderSpi.class);
        return registered != null ? registered : new JPEGImageReaderSpi();
    }

    private static ImageReaderSpi jdkProvider(String format) {
        String className =
                "com.sun.imageio.plugins.%s.%sImageReaderSpi".formatted(format, format.toUpperCase(Locale.ROOT));
        Iterator<ImageReaderSpi> providers =
                IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
        while (providers.hasNext()) {
            ImageReaderSpi provider = providers.next();
            if (provider.getClass().getName().equals(className)) {
                return provider;
            }
        }
        throw new IllegalStateException("this Java runtime has no " + className
                + " (expected: a runtime with the module java.desktop, such as a full JDK or JRE image)");
    }
}
