package org.ctstream.imaging.raster;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import org.ctstream.imaging.bounds.DecodeDeadline;

/** Tells a codec to stop once its time is over; codecs report progress every few rows. */
record AbortAtDeadline(DecodeDeadline deadline) implements IIOReadProgressListener {

    @Override
    public void imageProgress(ImageReader source, float percentageDone) {
        if (deadline.hasPassed()) {
            source.abort();
        }
    }

    @Override
    public void sequenceStarted(ImageReader source, int minIndex) {}

    @Override
    public void sequenceComplete(ImageReader source) {}

    @Override
    public void imageStarted(ImageReader source, int imageIndex) {}

    @Override
    public void imageComplete(ImageReader source) {}

    @Override
    public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

    @Override
    public void thumbnailProgress(ImageReader source, float percentageDone) {}

    @Override
    public void thumbnailComplete(ImageReader source) {}

    @Override
    public void readAborted(ImageReader source) {}
}
