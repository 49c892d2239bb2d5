package org.ctstream.gateway.association;

import java.time.Duration;

/**
 * The bounds of associations.
 *
 * @param most associations at once
 * @param longestData longest P-DATA-TF value we take, in bytes
 * @param artim how long a connection without an association may last: before the request, and after the end
 * @param idle how long a peer may be silent, how long one data unit may take to arrive, and how long an answer may hang
 * @param message how long a message may take from its first byte to its last, however the peer divides it
 * @param objectBytes most bytes of one object, file meta information included
 */
public record AssociationSettings(
        int most, int longestData, Duration artim, Duration idle, Duration message, long objectBytes) {
    public AssociationSettings {
        if (most < 1 || longestData < 1024 || objectBytes < 1024) {
            throw new IllegalArgumentException("Bounds of associations: most " + most + ", longestData " + longestData
                    + ", objectBytes " + objectBytes + " (expected: 1, 1024 and 1024 or more)");
        }
    }
}
