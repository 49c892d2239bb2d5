package org.ctstream.gateway.association;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * What a DICOM port is to be.
 *
 * @param host address it binds to
 * @param port 0 for any
 * @param called AE titles we answer to
 * @param calling AE titles that may call; {@code *} for all
 * @param urgent AE titles, ours or callers', whose scans are STAT
 * @param sopClasses UIDs of the kinds of objects that are taken
 * @param transferSyntaxes UIDs of the encodings that are taken
 * @param tls speaks TLS with it, if there is one
 * @param clientCertificates whether peers must show a certificate that the context trusts
 */
public record DicomPort(
        String host,
        int port,
        List<String> called,
        List<String> calling,
        List<String> urgent,
        Set<String> sopClasses,
        List<String> transferSyntaxes,
        Optional<SSLContext> tls,
        boolean clientCertificates) {
    public DicomPort {
        called = List.copyOf(called);
        calling = List.copyOf(calling);
        urgent = List.copyOf(urgent);
        sopClasses = Set.copyOf(sopClasses);
        transferSyntaxes = List.copyOf(transferSyntaxes);
    }

    /** @throws IllegalArgumentException if a title is none */
    Callers callers() {
        return Callers.of(called, calling, urgent);
    }
}
