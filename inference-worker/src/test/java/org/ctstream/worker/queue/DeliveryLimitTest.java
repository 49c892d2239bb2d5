package org.ctstream.worker.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import org.ctstream.service.error.PoisonRecordException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryLimitTest {
    @ParameterizedTest(name = "delivery {1} of {0}: tried {2}")
    @CsvSource({"5, 1, true", "5, 3, true", "5, 4, false", "5, 5, false", "3, 1, true", "3, 2, false", "3, 3, false"})
    void lastDeliveryButOneAndTheLastAreNotTried(int limit, int delivery, boolean tried) {
        assertThat(new DeliveryLimit(limit).exhausted(delivered(delivery)).isEmpty())
                .isEqualTo(tried);
    }

    @Test
    void reasonTellsTheCountAndTheRemedy() {
        PoisonRecordException reason =
                new DeliveryLimit(5).exhausted(delivered(4)).orElseThrow();

        assertThat(reason.reason()).isEqualTo("deliveries-exhausted");
        assertThat(reason.detail()).contains("3 deliveries");
        assertThat(reason.remedy()).contains("redrive");
    }

    @Test
    void limitThatLeavesNoTryIsRefused() {
        assertThatThrownBy(() -> new DeliveryLimit(2)).hasMessageContaining("3 or more");
    }

    private static Delivery delivered(int count) {
        return new Delivery(1, Records.delivered(0, count), new ArrayDeque<>());
    }
}
