package org.ctstream.ingest.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Checks a scan's identity before anything else uses it: it becomes a log field, a database key and a part of URLs, and
 * scans are kept in order by the record key, so the two must be one.
 */
final class ScanId {
    private static final int MAX_LENGTH = 200;
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._:-]{1," + MAX_LENGTH + "}");
    private static final String REMEDY = "publish the scan again with a UUID as scanId and as the record's key.";

    private ScanId() {}

    /** @throws PoisonRecordException {@code bad-scan-id}; the message leaves the id out, since it may be anything */
    static void check(byte @Nullable [] key, @Nullable String scanId) {
        if (scanId == null || !ALLOWED.matcher(scanId).matches()) {
            throw bad("scanId", "is not 1 to " + MAX_LENGTH + " of the characters A-Z a-z 0-9 . _ : -");
        }
        if (key == null) {
            throw bad("key", "is set in the value but the record has no key");
        }
        if (!Arrays.equals(key, scanId.getBytes(UTF_8))) {
            throw bad("key", "is not the record's key");
        }
    }

    private static PoisonRecordException bad(String field, String why) {
        return new PoisonRecordException(
                Stage.DESERIALIZE, "bad-scan-id", field, "The scan's scanId " + why + ".", REMEDY, null);
    }
}
