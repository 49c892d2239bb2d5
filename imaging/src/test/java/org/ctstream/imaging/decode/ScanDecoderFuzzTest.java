package org.ctstream.imaging.decode;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Duration;
import org.ctstream.imaging.bounds.ByteWindow;
import org.ctstream.imaging.bounds.DecodeDeadline;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.dicom.DicomReader;

/**
 * Coverage-guided fuzzing of the readers. In the normal build each kept input runs once; with the environment variable
 * JAZZER_FUZZ=1 and one method selected, the fuzzer searches for new ones.
 */
class ScanDecoderFuzzTest {

    private static final DecodeLimits LIMITS = new DecodeLimits(1 << 20, 1024, 1024, 1 << 18, Duration.ofSeconds(5));

    /** Without the decoder's last line of defence, so that an exception no check foresaw is a finding. */
    @FuzzTest(maxDuration = "3m")
    void dicomReaderGivesAnImageOrARejection(byte[] bytes) {
        try {
            new DicomReader(LIMITS).read(ByteWindow.of(bytes, "file"), DecodeDeadline.startingNow(LIMITS));
        } catch (ScanDecodeException e) {
            // The one way in which bad bytes may end.
        }
    }

    @FuzzTest(maxDuration = "3m")
    void decoderGivesASliceOrARejection(byte[] bytes) {
        try {
            new ScanDecoder(LIMITS).decode(bytes);
        } catch (ScanDecodeException e) {
            // The one way in which bad bytes may end.
        }
    }
}
