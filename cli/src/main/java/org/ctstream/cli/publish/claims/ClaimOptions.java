package org.ctstream.cli.publish.claims;

import java.net.URI;
import org.ctstream.cli.CliException;
import org.ctstream.publisher.claims.ScanPayloads;
import org.ctstream.service.claims.ClaimStore;
import org.ctstream.service.claims.ClaimStores;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where scans that are too large for a record go. */
public final class ClaimOptions {
    @Option(
            names = "--claim-store",
            paramLabel = "URI",
            description =
                    "Folder that scans too large for a record are kept in, one that ingest reads too: file:///DIR,"
                            + " or s3://BUCKET/PREFIX with endpoint, region and credentials from the AWS environment variables"
                            + " or files.")
    private @Nullable URI store;

    @Option(
            names = "--claim-above",
            paramLabel = "BYTES",
            description = "Keep scans of more encoded bytes in the claim store. Default: what just fits a record.")
    private @Nullable Long above;

    /**
     * The store, to be closed by the caller; null without one.
     *
     * @throws CliException if it cannot be used
     */
    public @Nullable ClaimStore open() {
        if (store == null) {
            if (above != null) {
                throw CliException.usage("--claim-above needs a --claim-store to keep scans in", null);
            }
            return null;
        }
        try {
            return ClaimStores.open(store);
        } catch (IllegalArgumentException e) {
            throw CliException.usage(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * What travels how.
     *
     * @param opened what {@link #open} gave
     * @throws CliException if scans that need not fit a record would travel in one
     */
    public ScanPayloads payloads(int maxRecordBytes, @Nullable ClaimStore opened) {
        if (opened == null) {
            return ScanPayloads.inline(maxRecordBytes);
        }
        long most = ScanPayloads.surelyFits(maxRecordBytes);
        long chosen = above == null ? most : above;
        if (chosen < 0 || chosen > most) {
            throw CliException.usage(
                    "--claim-above is " + chosen + " (expected: 0 to " + most
                            + ", the largest scan that fits a record of this cluster)",
                    null);
        }
        return new ScanPayloads(chosen, opened);
    }
}
