package org.ctstream.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFilesTest {
    private static final String SECRET = "correct-horse:battery-staple";

    @TempDir
    private Path folder;

    @Test
    void secretsOfOursOfKafkasAndOfTheRegistrysComeFromFiles() throws IOException {
        String file = Files.writeString(folder.resolve("secret"), SECRET + "\n").toString();

        ServiceConfig config = config(Map.of(
                "http.basic.auth.user.info.file", file,
                "sasl.jaas.config.file", file,
                "producer.ssl.key.password.file", file,
                "basic.auth.user.info.file", file,
                "schema.registry.ssl.keystore.password.file", file));

        assertThat(config.password("http.basic.auth.user.info").value()).isEqualTo(SECRET);
        assertThat(config.consumer())
                .containsEntry("sasl.jaas.config", SECRET)
                .doesNotContainKey("sasl.jaas.config.file");
        assertThat(config.producer()).containsEntry("ssl.key.password", SECRET);
        assertThat(config.serializers())
                .containsEntry("basic.auth.user.info", SECRET)
                .containsEntry("schema.registry.ssl.keystore.password", SECRET);
    }

    @Test
    void environmentVariableNamesTheFileToo() throws IOException {
        String file = Files.writeString(folder.resolve("secret"), SECRET).toString();

        Map<String, String> merged =
                ConfigSources.merge(null, Map.of("CTSTREAM_SASL_JAAS_CONFIG_FILE", file), Map.of());

        assertThat(config(merged).admin()).containsEntry("sasl.jaas.config", SECRET);
    }

    @Test
    void everyProblemWithAFileIsReportedAndNamesItsKey() throws IOException {
        String empty = Files.writeString(folder.resolve("empty"), " \n").toString();
        String both = Files.writeString(folder.resolve("both"), SECRET).toString();

        assertThatThrownBy(() -> config(Map.of(
                        "sasl.jaas.config.file",
                        empty,
                        "basic.auth.user.info.file",
                        folder.resolve("none").toString(),
                        "http.basic.auth.user.info.file",
                        both,
                        "http.basic.auth.user.info",
                        "reader:word")))
                .isInstanceOfSatisfying(
                        ConfigProblemsException.class,
                        problems -> assertThat(problems.problems()).hasSize(3))
                .hasMessageContaining("sasl.jaas.config.file")
                .hasMessageContaining("basic.auth.user.info.file")
                .hasMessageContaining("are both set")
                .hasMessageNotContaining(SECRET)
                .hasMessageNotContaining("reader:word");
    }

    @Test
    void keyThatIsNoSecretHasNoFile() {
        assertThatThrownBy(() -> config(Map.of("http.port.file", "x")))
                .isInstanceOf(ConfigProblemsException.class)
                .hasMessageContaining("Unknown key http.port.file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sasl.jaas.config",
                "producer.sasl.jaas.config",
                "ssl.keystore.password",
                "schema.registry.ssl.key.password",
                "bearer.auth.token",
                "basic.auth.user.info",
                "http.bearer.auth.token"
            })
    void secretIsHiddenWhenSettingsAreShown(String key) {
        assertThat(config(Map.of(key, "0123456789abcdef:0123456789abcdef")).printable())
                .containsEntry(key, "[hidden]")
                .containsEntry("bootstrap.servers", "b:1");
    }

    @Test
    void credentialsInUrlsAreHiddenWhenSettingsAreShown() {
        assertThat(config(Map.of("schema.registry.url", "https://me:word@r:1/x,https://me:word@s"))
                        .printable())
                .containsEntry("schema.registry.url", "https://[hidden]@r:1/x,https://[hidden]@s");
        assertThat(PrintableConfig.of(
                        Map.of("database.url", "jdbc:postgresql://db/ct?user=u&password=word&sslmode=require"),
                        SecretKeys.ofClients()))
                .containsEntry("database.url", "jdbc:postgresql://db/ct?user=u&password=[hidden]&sslmode=require");
    }

    private static ServiceConfig config(Map<String, String> given) {
        var all = new HashMap<>(Map.of("bootstrap.servers", "b:1", "schema.registry.url", "http://r"));
        all.putAll(given);
        return ServiceConfig.of("test", CommonKeys.def(0), all);
    }
}
