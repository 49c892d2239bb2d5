package org.ctstream.gateway.stow;

import java.time.Duration;
import java.util.Set;

/**
 * What STOW-RS takes.
 *
 * @param source name of the system that scans are said to come from
 * @param sopClasses UIDs of the kinds of objects that are taken
 * @param transferSyntaxes UIDs of the encodings that are taken
 * @param most requests at once
 * @param requestBytes most bytes of one request
 * @param requestTime longest time of one request
 * @param objectBytes most bytes of one object
 */
public record StowSettings(
        String source,
        Set<String> sopClasses,
        Set<String> transferSyntaxes,
        int most,
        long requestBytes,
        Duration requestTime,
        long objectBytes) {
    public StowSettings {
        sopClasses = Set.copyOf(sopClasses);
        transferSyntaxes = Set.copyOf(transferSyntaxes);
    }
}
