package org.ctstream.sink.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stored scans, oldest first.
 *
 * @param next the cursor of what follows; null at the end
 */
public record StoredScanPage(
        List<StoredScan> stored, @Nullable String next) {
    /** Largest page: about 2 MB as JSON. */
    public static final int MAX_LIMIT = 10_000;

    public StoredScanPage {
        stored = List.copyOf(stored);
    }
}
