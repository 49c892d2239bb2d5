package org.ctstream.sink.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSecretTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /** Computed with OpenSSL from the specification's rule. */
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void signsIdTimeAndBodyAsTheSpecificationSays() {
        assertThat(signature(SECRET)).isEqualTo(SIGNATURE);
    }

    @Test
    void twoSecretsSignBothWhileTheReceiverChanges() {
        String other = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);

        assertThat(signature(SECRET + " " + other))
                .startsWith(SIGNATURE + " v1,")
                .doesNotEndWith(SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "whsec_",
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa",
                "whsec_not base64",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw short"
            })
    void whatIsNoSecretOfEnoughBytesIsRefused(String text) {
        assertThat(WebhookSecret.parse(text)).isEmpty();
    }

    @Test
    void theSecretIsNotInItsText() {
        assertThat(WebhookSecret.parse(SECRET).orElseThrow()).hasToString("WebhookSecret[1]");
    }

    @Test
    void anIdThatCannotStandInAHeaderIsReplacedByItsDigest() {
        assertThat(WebhookId.of("0123abc-_XYZ")).isEqualTo("0123abc-_XYZ");
        assertThat(WebhookId.of("a.b")).matches("[0-9a-f]{64}").isNotEqualTo(WebhookId.of("a.c"));
        assertThat(WebhookId.of("line\r\nend")).matches("[0-9a-f]{64}");
    }

    private static String signature(String secret) {
        return WebhookSecret.parse(secret)
                .orElseThrow()
                .signature("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330L, "{\"test\": 2432232314}".getBytes(UTF_8));
    }
}
