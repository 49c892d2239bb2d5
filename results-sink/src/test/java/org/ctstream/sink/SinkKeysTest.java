package org.ctstream.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.ctstream.service.config.ConfigProblemsException;
import org.ctstream.service.config.ServiceConfig;
import org.junit.jupiter.api.Test;

class SinkKeysTest {
    @Test
    void defaultsServeLoopbackWithoutAPassword() {
        ServiceConfig config = config(Map.of());

        assertThatCode(() -> SinkKeys.check(config)).doesNotThrowAnyException();
        assertThat(config.integer("http.port")).isEqualTo(8080);
        assertThat(config.string(SinkKeys.GROUP_ID)).isEqualTo("ctstream-results-sink");
    }

    @Test
    void everyProblemIsReportedAtOnceAndNoSecretIsShown() {
        assertThatThrownBy(() -> SinkKeys.check(
                        config(Map.of("database.url", "jdbc:mysql://x?reWriteBatchedInserts=true&user=secretword"))))
                .isInstanceOfSatisfying(
                        ConfigProblemsException.class,
                        problems -> assertThat(problems.problems()).hasSize(2))
                .hasMessageContaining("jdbc:postgresql:")
                .hasMessageContaining("reWriteBatchedInserts")
                .hasMessageNotContaining("secretword");
    }

    @Test
    void driverParametersTheSinkDependsOnAreRefused() {
        assertThatThrownBy(() -> SinkKeys.check(config(
                        Map.of("database.url", "jdbc:postgresql://db/results?user=hidden&rewritebatchedinserts=true"))))
                .isInstanceOf(ConfigProblemsException.class)
                .hasMessageContaining("reWriteBatchedInserts")
                .hasMessageContaining("no alert")
                .hasMessageNotContaining("hidden");
        assertThatThrownBy(() -> SinkKeys.check(
                        config(Map.of("database.url", "jdbc:postgresql://db/results?logServerErrorDetail=true"))))
                .isInstanceOf(ConfigProblemsException.class)
                .hasMessageContaining("logServerErrorDetail");
        assertThatCode(() -> SinkKeys.check(
                        config(Map.of("database.url", "jdbc:postgresql://db/results?sslmode=verify-full"))))
                .doesNotThrowAnyException();
    }

    private static ServiceConfig config(Map<String, String> given) {
        var all = new HashMap<>(Map.of(
                "bootstrap.servers", "localhost:1",
                "schema.registry.url", "mock://keys",
                "database.url", "jdbc:h2:mem:keys"));
        all.putAll(given);
        return ServiceConfig.of("results-sink", SinkKeys.def(), all);
    }
}
