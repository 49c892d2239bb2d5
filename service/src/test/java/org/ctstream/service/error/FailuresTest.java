package org.ctstream.service.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void kafkaRetriableErrorsAreRetriedHoweverDeepTheyStand() {
        var failure = new KafkaException(new SerializationException(new TimeoutException("registry away")));

        assertThat(Failures.of(Stage.CLASSIFY, failure))
                .isInstanceOf(RetriableStageException.class)
                .hasMessageContaining("registry away");
    }

    @Test
    void serializationErrorsArePoison() {
        assertThat(Failures.of(Stage.DESERIALIZE, new SerializationException("magic byte")))
                .isInstanceOfSatisfying(PoisonRecordException.class, poison -> {
                    assertThat(poison.reason()).isEqualTo("undecodable");
                    assertThat(poison).hasMessageContaining("magic byte").hasMessageContaining("Remedy:");
                });
    }

    @Test
    void missingRightsAreFatal() {
        assertThat(Failures.of(Stage.STORE, new TopicAuthorizationException("ct.scan.received")))
                .isInstanceOf(FatalStageException.class);
    }

    @Test
    void inputAndOutputErrorsAreRetriedAndTheRestIsFatal() {
        assertThat(Failures.of(Stage.FETCH, new IOException("reset"))).isInstanceOf(RetriableStageException.class);
        assertThat(Failures.of(Stage.FETCH, new IllegalStateException("bug"))).isInstanceOf(FatalStageException.class);
    }

    @Test
    void brokersWhoseNamesDoNotResolveAreAway() {
        Map<String, Object> settings =
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "kafka.ctstream-test.invalid:9092");

        assertThatThrownBy(() -> Admin.create(settings))
                .satisfies(failure -> assertThat(Failures.of(Stage.CLASSIFY, failure))
                        .isInstanceOf(RetriableStageException.class)
                        .hasMessageContaining("bootstrap.servers"));
    }

    @Test
    void otherConfigurationErrorsStayFatal() {
        assertThat(Failures.of(Stage.CLASSIFY, new KafkaException(new ConfigException("acks", "maybe"))))
                .isInstanceOf(FatalStageException.class);
    }

    @Test
    void knownFailureKeepsItsStage() {
        var known = new RetriableStageException(Stage.STORE, "database away", null);

        assertThat(Failures.of(Stage.ALERT, new RuntimeException(known))).isSameAs(known);
    }
}
