package org.ctstream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ConfigProblemsException;
import org.ctstream.service.config.ServiceConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerKeysTest {
    @Test
    void workerChoosesItsEngineAndLeavesTheRestToItUnlessToldOtherwise() {
        ServiceConfig config = config(Map.of());

        assertThat(config.string(WorkerKeys.ENGINE)).isEqualTo("auto");
        assertThat(config.string(WorkerKeys.ENGINE_DEVICE)).isEqualTo("auto");
        assertThat(config.string(WorkerKeys.ENGINE_FALLBACK)).isEqualTo("fail");
        assertThat(config.string(WorkerKeys.ENGINE_PRECISION)).isEqualTo("fp32");
        assertThat(config.integer(WorkerKeys.ENGINE_THREADS)).isZero();
        assertThat(config.integer(WorkerKeys.ENGINE_SESSIONS)).isZero();
        assertThat(config.integer(WorkerKeys.ENGINE_SLICES_PER_RUN)).isZero();
        assertThat(config.path(WorkerKeys.ENGINE_CACHE)).hasToString("ctstream-data/engine-cache");
    }

    @ParameterizedTest
    @CsvSource({
        "engine.precision, int8",
        "engine.fallback, ignore",
        "engine.sessions, -1",
        "engine.slices.per.run, many"
    })
    void valueThatIsNoneStopsTheStartNamingTheKey(String key, String value) {
        assertThatThrownBy(() -> config(Map.of(key, value)))
                .isInstanceOf(ConfigProblemsException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(value);
    }

    private static ServiceConfig config(Map<String, String> own) {
        Map<String, String> settings = new HashMap<>(own);
        settings.put(CommonKeys.BOOTSTRAP_SERVERS, "localhost:9092");
        settings.put(CommonKeys.SCHEMA_REGISTRY_URL, "http://localhost:8081");
        return ServiceConfig.of("worker", WorkerKeys.def(), settings);
    }
}
