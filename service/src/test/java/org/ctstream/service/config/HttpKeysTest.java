package org.ctstream.service.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpKeysTest {
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7", "no-such-host.invalid"})
    void portBeyondLoopbackIsNotOpenedUnguarded(String host) {
        assertThatThrownBy(() -> config(Map.of("http.host", host)))
                .isInstanceOf(ConfigProblemsException.class)
                .hasMessageContaining("http.basic.auth.user.info=user:password")
                .hasMessageContaining("http.auth=none")
                .hasMessageContaining("http.host=127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "http.basic.auth.user.info, reader:secret",
        "http.bearer.auth.token, 0123456789abcdef0123456789abcdef",
        "http.auth, none",
    })
    void portBeyondLoopbackIsOpenedWithCredentialsOrAWordAloud(String key, String value) {
        assertThatCode(() -> config(Map.of("http.host", "0.0.0.0", key, value))).doesNotThrowAnyException();
    }

    @Test
    void loopbackNeedsNoCredentials() {
        assertThatCode(() -> config(Map.of("http.host", "localhost"))).doesNotThrowAnyException();
    }

    @Test
    void credentialsThatCannotBeUsedAreRefusedWithoutShowingThem() {
        assertThatThrownBy(() ->
                        config(Map.of("http.basic.auth.user.info", "secretword", "http.bearer.auth.token", "short")))
                .isInstanceOf(ConfigProblemsException.class)
                .hasMessageContaining("user:password")
                .hasMessageContaining("16 characters")
                .hasMessageNotContaining("secretword")
                .hasMessageNotContaining("short");
    }

    private static ServiceConfig config(Map<String, String> given) {
        var all = new HashMap<>(Map.of("bootstrap.servers", "b:1", "schema.registry.url", "http://r"));
        all.putAll(given);
        return ServiceConfig.of("test", CommonKeys.def(0), all);
    }
}
