package org.ctstream.embedded.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.List;
import org.ctstream.embedded.part.EmbeddedException;

/**
 * The stack's own certificate authority and what it signs, as PEM files. The authority's private key is forgotten once all
 * are signed: nobody can add a certificate later, and renewing means making all of them anew.
 */
final class Certificates {

    static final String AUTHORITY = "ca.pem";
    static final String BROKER = "broker.pem";
    static final String REGISTRY = "registry.crt";
    static final String REGISTRY_KEY = "registry.key";

    private static final String CA = "ca";

    private Certificates() {}

    /** Makes all of them for servers on this host, which is an IP address. */
    static void make(Path directory, String host, int validDays) {
        SecureRandom random = new SecureRandom();
        Path store = directory.resolve("making-certificates.p12");
        try {
            Files.deleteIfExists(store);
            Keytool keytool = new Keytool(store, random);
            keytool.generate(
                    CA,
                    "CN=ctstream embedded stack",
                    validDays,
                    List.of("-ext", "bc:c=ca:true,pathlen:0", "-ext", "ku:c=keyCertSign,cRLSign"));
            sign(keytool, StackUser.BROKER.name(), host, validDays, "serverAuth,clientAuth");
            sign(keytool, "registry", host, validDays, "serverAuth");
            export(keytool, directory);
        } catch (IOException | GeneralSecurityException e) {
            throw new EmbeddedException("Cannot make the certificates of a secure stack in " + directory, e);
        } finally {
            forget(store);
        }
    }

    private static void sign(Keytool keytool, String name, String host, int validDays, String usage) {
        keytool.generate(
                name,
                "CN=" + name,
                validDays,
                List.of(
                        "-signer",
                        CA,
                        "-ext",
                        "ku:c=digitalSignature",
                        "-ext",
                        "eku=" + usage,
                        "-ext",
                        "san=ip:" + host + ",dns:localhost"));
    }

    private static void export(Keytool keytool, Path directory) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keytool.store())) {
            store.load(in, keytool.password());
        }
        PrivateFiles.write(directory.resolve(AUTHORITY), Pem.of(store.getCertificate(CA)));
        PrivateFiles.write(directory.resolve(BROKER), keyAndChain(store, StackUser.BROKER.name(), keytool));
        PrivateFiles.write(directory.resolve(REGISTRY_KEY), Pem.of(store.getKey("registry", keytool.password())));
        PrivateFiles.write(directory.resolve(REGISTRY), Pem.of(store.getCertificateChain("registry")));
    }

    private static String keyAndChain(KeyStore store, String alias, Keytool keytool) throws GeneralSecurityException {
        return Pem.of(store.getKey(alias, keytool.password())) + Pem.of(store.getCertificateChain(alias));
    }

    private static void forget(Path store) {
        try {
            Files.deleteIfExists(store);
        } catch (IOException e) {
            throw new EmbeddedException(
                    "Cannot delete " + store + ", which holds the private key of the stack's certificate authority."
                            + " Delete it by hand.",
                    e);
        }
    }
}
