package org.ctstream.imaging.dicom;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.ctstream.imaging.bounds.ByteWindow;
import org.ctstream.imaging.bounds.DecodeDeadline;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.bounds.ScanDecodeException.Reason;

/**
 * Inflates a deflated data set, to no more than the limit on encoded bytes.
 *
 * @see "DICOM PS3.5 A.5, Deflated Explicit VR Little Endian"
 */
final class DeflatedDataSet {

    private static final String FIELD = "DICOM deflated data set";
    private static final int STEP = 64 * 1024;

    private DeflatedDataSet() {}

    static ByteWindow inflate(ByteWindow deflated, DecodeLimits limits, DecodeDeadline deadline)
            throws ScanDecodeException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(deflated.array(), deflated.arrayOffset(), deflated.length());
            ByteArrayOutputStream inflated = new ByteArrayOutputStream(Math.max(STEP, deflated.length()));
            byte[] step = new byte[STEP];
            while (!inflater.finished()) {
                deadline.check(FIELD);
                int count = inflater.inflate(step);
                if (count == 0 && !inflater.finished()) {
                    throw new ScanDecodeException(
                            Reason.TRUNCATED,
                            FIELD,
                            "the data ends inside the deflated stream",
                            "send the whole file again");
                }
                if (inflated.size() + (long) count > limits.maxEncodedBytes()) {
                    throw new ScanDecodeException(
                            Reason.TOO_LARGE,
                            FIELD,
                            "inflates to more than the %d bytes allowed".formatted(limits.maxEncodedBytes()),
                            "send the file uncompressed, or raise the decoder's limits");
                }
                inflated.write(step, 0, count);
            }
            return ByteWindow.of(inflated.toByteArray(), "inflated data set");
        } catch (DataFormatException e) {
            throw new ScanDecodeException(
                    Reason.CORRUPT, FIELD, "the data is not a deflated stream", "send the whole file again", e);
        } finally {
            inflater.end();
        }
    }
}
