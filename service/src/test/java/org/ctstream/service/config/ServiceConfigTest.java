package org.ctstream.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.junit.jupiter.api.Test;

class ServiceConfigTest {
    private static final Map<String, String> MINIMAL =
            Map.of("bootstrap.servers", "127.0.0.1:9092", "schema.registry.url", "http://127.0.0.1:8081");

    @Test
    void defaultsApplyWhereNothingIsGiven() {
        ServiceConfig config = ServiceConfig.of("test", def(), MINIMAL);

        assertThat(config.integer("batch.max.size")).isEqualTo(32);
        assertThat(config.string(CommonKeys.HTTP_HOST)).isEqualTo("127.0.0.1");
        assertThat(config.isSet("batch.max.size")).isFalse();
    }

    @Test
    void everyProblemIsReportedAtOnceWithTheKeyThatWasMeant() {
        var given = new HashMap<String, String>();
        given.put("bootstrap.servers", "127.0.0.1:9092");
        given.put("batch.max.sise", "8");
        given.put("http.port", "99999");

        assertThatThrownBy(() -> ServiceConfig.of("test", def(), given))
                .isInstanceOfSatisfying(
                        ConfigProblemsException.class,
                        e -> assertThat(e.problems())
                                .hasSize(3)
                                .anySatisfy(p -> assertThat(p).contains("schema.registry.url"))
                                .anySatisfy(p -> assertThat(p).contains("http.port", "99999", "CTSTREAM_HTTP_PORT"))
                                .anySatisfy(
                                        p -> assertThat(p).contains("batch.max.sise", "did you mean batch.max.size?")));
    }

    @Test
    void kafkaKeysReachTheClientsTheyAreFor() {
        var given = new HashMap<>(MINIMAL);
        given.put("security.protocol", "SSL");
        given.put("consumer.fetch.min.bytes", "7");
        given.put("linger.ms", "3");
        given.put("schema.registry.ssl.truststore.location", "/a");
        given.put("http.read.timeout.ms", "5000");
        given.put("basic.auth.user.info", "user:secret");

        ServiceConfig config = ServiceConfig.of("test", def(), given);

        assertThat(config.consumer())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("fetch.min.bytes", "7")
                .doesNotContainKeys("linger.ms", "batch.max.size", "schema.registry.url");
        assertThat(config.producer())
                .containsEntry("linger.ms", "3")
                .containsEntry("security.protocol", "SSL")
                .doesNotContainKey("fetch.min.bytes");
        assertThat(config.serializers()).containsEntry("schema.registry.ssl.truststore.location", "/a");
    }

    @Test
    void flagWinsOverEnvironmentWinsOverFile(@org.junit.jupiter.api.io.TempDir java.nio.file.Path folder)
            throws Exception {
        java.nio.file.Path file = folder.resolve("worker.properties");
        java.nio.file.Files.writeString(file, "a.b=file\nc.d=file\ne.f=file\n");

        Map<String, String> merged = ConfigSources.merge(
                file,
                Map.of("CTSTREAM_C_D", "env", "CTSTREAM_E_F", "env", "CTSTREAM_JAVA_OPTS", "-Xmx1g", "PATH", "/bin"),
                Map.of("e.f", "flag"));

        assertThat(merged).containsExactlyInAnyOrderEntriesOf(Map.of("a.b", "file", "c.d", "env", "e.f", "flag"));
    }

    @Test
    void unreadableFileIsNamed() {
        assertThatThrownBy(() -> ConfigSources.merge(java.nio.file.Path.of("no/such.properties"), Map.of(), Map.of()))
                .hasMessageContaining("no/such.properties");
    }

    private static ConfigDef def() {
        return CommonKeys.def(8090)
                .define("batch.max.size", Type.INT, 32, Range.between(1, 1024), Importance.HIGH, "Most scans a batch.");
    }
}
