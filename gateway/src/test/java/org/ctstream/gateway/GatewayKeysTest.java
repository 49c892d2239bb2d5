package org.ctstream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.Map;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.service.config.ConfigProblemsException;
import org.ctstream.service.config.ServiceConfig;
import org.junit.jupiter.api.Test;

class GatewayKeysTest {
    @Test
    void defaultsLetNobodyInAndListenOnLoopback() {
        ServiceConfig config = config(Map.of());

        assertThat(config.list(GatewayKeys.CALLING)).isEmpty();
        assertThat(config.string(GatewayKeys.DICOM_HOST)).isEqualTo("127.0.0.1");
        assertThat(config.integer(GatewayKeys.DICOM_PORT)).isEqualTo(11_112);
        assertThat(config.integer(GatewayKeys.OBJECT_BYTES)).isEqualTo((int) DecodeLimits.DEFAULTS.maxEncodedBytes());
        assertThatCode(() -> GatewayKeys.check(config)).doesNotThrowAnyException();
    }

    @Test
    void everybodyIsACallerOnlyIfSaidAloud() {
        assertThatCode(() -> GatewayKeys.check(config(Map.of(GatewayKeys.CALLING, "*"))))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(ConfigProblemsException.class)
                .isThrownBy(() -> GatewayKeys.check(config(Map.of(GatewayKeys.STAT, "A\\B"))));
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        ServiceConfig config = config(Map.of(
                GatewayKeys.CALLED, "",
                GatewayKeys.CALLING, "SEVENTEEN_LETTERS",
                GatewayKeys.SOP_CLASSES, "CT",
                GatewayKeys.TRUSTSTORE_LOCATION, "ca.pem",
                GatewayKeys.CLAIM_STORE, "not a uri",
                GatewayKeys.MEMORY_BYTES, "2000000"));

        assertThatExceptionOfType(ConfigProblemsException.class)
                .isThrownBy(() -> GatewayKeys.check(config))
                .satisfies(e -> assertThat(e.problems()).hasSize(6));
    }

    private static ServiceConfig config(Map<String, String> keys) {
        var all = new HashMap<>(keys);
        all.put("bootstrap.servers", "localhost:9092");
        all.put("schema.registry.url", "http://localhost:8081");
        return ServiceConfig.of("gateway", GatewayKeys.def(), all);
    }
}
