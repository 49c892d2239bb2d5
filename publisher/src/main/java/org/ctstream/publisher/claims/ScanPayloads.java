package org.ctstream.publisher.claims;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.ctstream.schemas.avro.ClaimCheck;
import org.ctstream.schemas.avro.InlinePayload;
import org.ctstream.service.claims.ClaimStore;
import org.ctstream.service.fetch.Sha256;
import org.ctstream.service.text.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Decides how scans travel: in the record, or as a claim check for a store.
 *
 * @param above largest scan, in encoded bytes, that travels in the record
 * @param store where larger ones are kept, closed by whoever opened it; without one they are not taken
 */
public record ScanPayloads(long above, @Nullable ClaimStore store) {
    /** What a record has besides its scan: key, headers, names. */
    private static final int ENVELOPE_BYTES = 8 * 1024;

    /** No ingest can be configured to take a larger scan. */
    private static final long LARGEST_CLAIM = 1L << 30;

    /** Every scan in its record; whether it fits is for the broker to say, at the limit. */
    public static ScanPayloads inline(int maxRecordBytes) {
        return new ScanPayloads(maxRecordBytes, null);
    }

    /** The largest scan that surely fits a record together with all the rest. */
    public static long surelyFits(int maxRecordBytes) {
        return Math.max(0, maxRecordBytes - ENVELOPE_BYTES);
    }

    /** Whether a scan of that size can be published at all. */
    public boolean takes(long bytes) {
        return bytes <= (store == null ? above : Math.max(above, LARGEST_CLAIM));
    }

    /**
     * The payload for a record. If it is a claim check, the store has the scan.
     *
     * @throws IOException if the store could not keep it
     */
    public Object of(byte[] content) throws IOException {
        if (store == null || content.length <= above) {
            return new InlinePayload(ByteBuffer.wrap(content));
        }
        String sha256 = Sha256.hex(content);
        try {
            return new ClaimCheck(store.put(content, sha256).toString(), sha256, (long) content.length);
        } catch (IOException e) {
            throw new IOException("not kept in " + store.describe() + ", so not published: " + e.getMessage(), e);
        }
    }

    /** Why a scan of that size is not taken, and what to do. */
    public String refusal(long bytes, String topic, int maxRecordBytes) {
        if (store == null) {
            return Bytes.text(bytes) + " do not fit a record of " + topic + " (limit with headers: "
                    + Bytes.text(maxRecordBytes)
                    + "). Remedy: publish with --claim-store, a place that ingest reads too";
        }
        return Bytes.text(bytes) + " are more than any ingest takes (" + Bytes.text(LARGEST_CLAIM)
                + "). Remedy: publish single slices";
    }
}
