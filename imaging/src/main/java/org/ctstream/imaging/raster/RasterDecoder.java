package org.ctstream.imaging.raster;

import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageReader;
import org.ctstream.imaging.bounds.ByteWindow;
import org.ctstream.imaging.bounds.DecodeDeadline;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.slice.GreySlice;

/** The picture formats, each told by its first bytes and decoded to grey at its own geometry. */
public enum RasterDecoder {
    PNG {
        @Override
        public boolean recognises(ByteWindow encoded) {
            return PngContainer.startsAs(encoded);
        }

        @Override
        public GreySlice decode(ByteWindow encoded, DecodeLimits limits, DecodeDeadline deadline)
                throws ScanDecodeException {
            PngContainer checked = PngContainer.check(encoded, limits);
            CodecRun codec = new CodecRun("PNG", deadline);
            return PlainPng.reads(checked)
                    ? codec.guard(() -> PlainPng.grey(checked, deadline))
                    : codec.run(
                            reader(ImageIoReaders::png),
                            checked.pixelChunks(),
                            reader -> Luminance.of(reader.read(0), "PNG", deadline));
        }
    },

    JPEG {
        @Override
        public boolean recognises(ByteWindow encoded) {
            return JpegContainer.startsAs(encoded);
        }

        @Override
        public GreySlice decode(ByteWindow encoded, DecodeLimits limits, DecodeDeadline deadline)
                throws ScanDecodeException {
            JpegContainer checked = JpegContainer.check(encoded, limits);
            return new CodecRun("JPEG", deadline)
                    .run(
                            reader(ImageIoReaders::jpeg),
                            checked.pixelSegments(),
                            reader -> checked.components() == 4
                                    ? CmykJpeg.grey(reader.readRaster(0, null), checked.adobeTransform(), deadline)
                                    : Luminance.of(reader.read(0, checked.destination()), "JPEG", deadline));
        }
    },

    TIFF {
        @Override
        public boolean recognises(ByteWindow encoded) {
            return TiffDirectory.startsAs(encoded);
        }

        @Override
        public GreySlice decode(ByteWindow encoded, DecodeLimits limits, DecodeDeadline deadline)
                throws ScanDecodeException {
            TiffDirectory.check(encoded, limits, deadline);
            return new CodecRun("TIFF", deadline)
                    .run(
                            reader(ImageIoReaders::tiff),
                            encoded.copy(0, encoded.length(), "TIFF"),
                            reader -> Luminance.of(reader.read(0), "TIFF", deadline));
        }
    },

    BMP {
        @Override
        public boolean recognises(ByteWindow encoded) {
            return BmpHeader.startsAs(encoded);
        }

        @Override
        public GreySlice decode(ByteWindow encoded, DecodeLimits limits, DecodeDeadline deadline)
                throws ScanDecodeException {
            BmpHeader.check(encoded, limits);
            return new CodecRun("BMP", deadline)
                    .run(
                            reader(ImageIoReaders::bmp),
                            encoded.copy(0, encoded.length(), "BMP"),
                            reader -> Luminance.of(reader.read(0), "BMP", deadline));
        }
    };

    /** A provider's factory; it opens nothing, so its {@code IOException} cannot come from the input. */
    interface ReaderFactory {
        ImageReader create() throws IOException;
    }

    /** Whether the first bytes are this format's. */
    public abstract boolean recognises(ByteWindow encoded);

    /**
     * Decodes the first image of the bytes.
     *
     * @return grey levels at the image's own geometry
     * @throws ScanDecodeException for every way in which the bytes can be bad
     */
    public abstract GreySlice decode(ByteWindow encoded, DecodeLimits limits, DecodeDeadline deadline)
            throws ScanDecodeException;

    static ImageReader reader(ReaderFactory factory) {
        try {
            return factory.create();
        } catch (IOException e) {
            throw new UncheckedIOException("ImageIO cannot create its reader", e);
        }
    }
}
