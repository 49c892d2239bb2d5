package org.ctstream.imaging.raster;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.DataFormatException;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.ctstream.imaging.bounds.DecodeDeadline;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.bounds.ScanDecodeException.Reason;

/**
 * Runs one codec over checked bytes: stops ImageIO's at the deadline and turns everything that any throws into a
 * {@link ScanDecodeException}.
 */
final class CodecRun {

    /** What to ask of a reader whose input is set. */
    interface Read<T> {
        T from(ImageReader reader) throws IOException, ScanDecodeException;
    }

    /** What to do with bytes that may be bad. */
    interface Decoding<T> {
        T run() throws IOException, DataFormatException, ScanDecodeException;
    }

    private final String format;
    private final DecodeDeadline deadline;

    CodecRun(String format, DecodeDeadline deadline) {
        this.format = format;
        this.deadline = deadline;
    }

    <T> T run(ImageReader reader, byte[] bytes, Read<T> read) throws ScanDecodeException {
        try {
            return guard(() -> read(reader, bytes, read));
        } finally {
            reader.dispose();
        }
    }

    private <T> T read(ImageReader reader, byte[] bytes, Read<T> read) throws IOException, ScanDecodeException {
        List<String> warnings = new ArrayList<>();
        try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(input, false, true);
            reader.addIIOReadProgressListener(new AbortAtDeadline(deadline));
            reader.addIIOReadWarningListener((IIOReadWarningListener) (source, warning) -> warnings.add(warning));
            T result = read.from(reader);
            deadline.check(format);
            checkWarnings(warnings);
            return result;
        }
    }

    /** Turns what a decoder throws for bad bytes into the one exception. */
    <T> T guard(Decoding<T> decoding) throws ScanDecodeException {
        try {
            return decoding.run();
        } catch (EOFException e) {
            throw failed(Reason.TRUNCATED, e);
        } catch (IOException | DataFormatException | RuntimeException | StackOverflowError e) {
            deadline.check(format);
            throw failed(e.getCause() instanceof EOFException ? Reason.TRUNCATED : Reason.CORRUPT, e);
        } catch (OutOfMemoryError e) {
            // A codec's one big array for a declared size that the checks before did not know; nothing else was lost.
            throw failed(Reason.TOO_LARGE, e);
        }
    }

    /** The native JPEG codec fills what is missing with grey and only warns; here a damaged slice is an error. */
    private void checkWarnings(List<String> warnings) throws ScanDecodeException {
        for (String warning : warnings) {
            String lower = warning.toLowerCase(Locale.ROOT);
            if (lower.contains("premature end")) {
                throw rejected(Reason.TRUNCATED, warning);
            }
            if (lower.contains("corrupt") && !lower.contains("extraneous bytes")) {
                throw rejected(Reason.CORRUPT, warning);
            }
        }
    }

    private ScanDecodeException failed(Reason reason, Throwable cause) {
        return new ScanDecodeException(
                reason, format + " image data", "the codec stopped: " + describe(cause), remedy(), cause);
    }

    private ScanDecodeException rejected(Reason reason, String warning) {
        return new ScanDecodeException(reason, format + " image data", "the codec reports: " + warning, remedy());
    }

    private String remedy() {
        return "send the whole file again or export it as " + format + " once more";
    }

    private static String describe(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
