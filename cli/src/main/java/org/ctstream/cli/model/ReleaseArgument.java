package org.ctstream.cli.model;

import org.ctstream.cli.CliException;
import org.ctstream.model.release.ReleaseId;

/** A release on the command line. */
final class ReleaseArgument {
    private ReleaseArgument() {}

    /** @throws CliException if the text is no {@code name:version} */
    static ReleaseId parse(String text) {
        try {
            return ReleaseId.parse(text);
        } catch (IllegalArgumentException e) {
            throw CliException.usage(e.getMessage() + " (\"ctstream model list\" shows them)", e);
        }
    }
}
