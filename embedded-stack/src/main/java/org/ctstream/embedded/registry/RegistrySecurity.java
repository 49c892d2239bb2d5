package org.ctstream.embedded.registry;

import java.util.List;
import org.ctstream.embedded.security.SecurityFolder;

/**
 * Apicurio's settings for TLS and bearer tokens with roles.
 *
 * <p>Apicurio 2.6 checks signed tokens by itself if it is given the key. For HTTP Basic authentication it would exchange
 * user and password for a token at an identity server, which this stack does not have.
 */
final class RegistrySecurity {

    private RegistrySecurity() {}

    /** JVM arguments; paths and a public key, no secrets. */
    static List<String> jvmArguments(SecurityFolder folder, int port) {
        return List.of(
                "-Dquarkus.http.insecure-requests=disabled",
                "-Dquarkus.http.ssl-port=" + port,
                "-Dquarkus.http.ssl.certificate.files=" + folder.registryCertificate(),
                "-Dquarkus.http.ssl.certificate.key-files=" + folder.registryKey(),
                "-Dquarkus.http.ssl.protocols=TLSv1.3,TLSv1.2",
                "-Dregistry.auth.enabled=true",
                "-Dregistry.auth.role-based-authorization=true",
                "-Dregistry.auth.role-source=token",
                // Empty: the key below is used only where no identity server is named.
                "-Dquarkus.oidc.auth-server-url=",
                "-Dquarkus.oidc.public-key=" + folder.registryPublicKey());
    }
}
