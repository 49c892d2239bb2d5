package org.ctstream.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A registry behind TLS with a certificate that no public authority signed. */
@Timeout(60)
class RegistryTlsTest {
    private static final String PASSWORD = "changeit";
    private static final StubRegistry.Answer INT_SCHEMA = StubRegistry.json(200, "{\"schema\":\"\\\"int\\\"\"}");

    @TempDir
    private static Path directory;

    @BeforeAll
    static void makeTheServersKey() throws Exception {
        keytool("-genkeypair -alias server -keyalg EC -dname CN=127.0.0.1 -ext SAN=ip:127.0.0.1 -keystore server.p12");
        keytool("-exportcert -rfc -alias server -file server.pem -keystore server.p12");
        keytool("-importcert -noprompt -alias server -file server.pem -keystore trust.p12");
    }

    @Test
    void registryIsTrustedByTheTrustStoreNamedUnderItsPrefix() throws Exception {
        try (StubRegistry stub = httpsStub()) {
            SchemaRegistry registry = SchemaRegistries.open(Map.of(
                    "schema.registry.url",
                    url(stub),
                    "schema.registry.ssl.truststore.location",
                    directory.resolve("trust.p12").toString(),
                    "schema.registry.ssl.truststore.type",
                    "PKCS12",
                    "schema.registry.ssl.truststore.password",
                    PASSWORD));

            assertThat(registry.schemaOf(1).getType()).isEqualTo(Schema.Type.INT);
        }
    }

    @Test
    void brokersTrustStoreDoesNotServeForTheRegistry() throws Exception {
        try (StubRegistry stub = httpsStub()) {
            SchemaRegistry registry = SchemaRegistries.open(Map.of(
                    "schema.registry.url",
                    url(stub),
                    "max.retries",
                    "0",
                    "ssl.truststore.location",
                    directory.resolve("trust.p12").toString(),
                    "ssl.truststore.password",
                    PASSWORD));

            assertThatExceptionOfType(RegistryUnavailableException.class)
                    .isThrownBy(() -> registry.schemaOf(1))
                    .withMessageContaining("SSLHandshakeException");
        }
    }

    private static StubRegistry httpsStub() throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (DefaultSslEngineFactory ssl = new DefaultSslEngineFactory()) {
            ssl.configure(new ConfigDef()
                    .withClientSslSupport()
                    .parse(Map.of(
                            "ssl.keystore.type",
                            "PKCS12",
                            "ssl.keystore.location",
                            directory.resolve("server.p12").toString(),
                            "ssl.keystore.password",
                            PASSWORD,
                            "ssl.key.password",
                            PASSWORD)));
            server.setHttpsConfigurator(new HttpsConfigurator(ssl.sslContext()));
        }
        return new StubRegistry(server, INT_SCHEMA);
    }

    private static String url(StubRegistry stub) {
        return "https://127.0.0.1:" + stub.port();
    }

    private static void keytool(String arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments.split(" ")));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(arguments).isZero();
    }
}
