package org.ctstream.cli.publish.privacy;

import java.nio.file.Path;
import java.time.ZoneId;
import org.ctstream.cli.CliException;
import org.ctstream.publisher.privacy.Deidentifier;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.pseudonym.PseudonymKey;
import org.ctstream.service.pseudonym.Pseudonyms;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a command that publishes scans lets its user choose about patients' identities. For one thread. */
public final class PrivacyOptions {
    /** The variable ingest reads the same key from. */
    private static final String VARIABLE = "CTSTREAM_PSEUDONYM_KEY_FILE";

    @Option(
            names = "--keep-header",
            description =
                    "Send files as they are. Without it every DICOM element but those that describe the pixels, and"
                            + " texts beside the pixels of PNG, JPEG and TIFF, stay here; names burned into pixels do not.")
    private boolean keepHeader;

    @Option(
            names = "--pseudonym-key-file",
            paramLabel = "FILE",
            description = "File with the site's secret, the one ingest has: patient and UIDs then travel as pseudonyms."
                    + " Default: " + VARIABLE + ". Without it they do not travel.")
    private @Nullable Path keyFile;

    @Option(
            names = "--site-time-zone",
            paramLabel = "ZONE",
            description = "Time zone of the scanners, for DICOM files that state no offset. Default: this machine's.")
    private @Nullable ZoneId siteZone;

    /** @throws CliException if the key cannot be used */
    public Deidentifier deidentifier() {
        if (keepHeader) {
            return Deidentifier.keepingHeaders();
        }
        return Deidentifier.with(pseudonyms(), siteZone == null ? ZoneId.systemDefault() : siteZone);
    }

    private Pseudonyms pseudonyms() {
        Path file = keyFile;
        String variable = System.getenv(VARIABLE);
        if (file == null && variable != null && !variable.isBlank()) {
            file = Path.of(variable);
        }
        if (file == null) {
            return Pseudonyms.none();
        }
        try {
            return Pseudonyms.keyed(PseudonymKey.read(file));
        } catch (FatalStageException e) {
            throw CliException.usage(String.valueOf(e.getMessage()), e);
        }
    }
}
