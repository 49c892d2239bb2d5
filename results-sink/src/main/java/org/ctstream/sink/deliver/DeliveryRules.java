package org.ctstream.sink.deliver;

import java.time.Duration;

/**
 * How deliveries are made, the same for every endpoint.
 *
 * @param timeout longest time of one attempt
 * @param suppressStudyMinutes an alert is left out if one of the same study was raised less long ago; 0 for never
 */
public record DeliveryRules(Duration timeout, RetrySchedule schedule, int suppressStudyMinutes) {
    private static final Duration MARGIN = Duration.ofSeconds(1);

    /**
     * The lease of an endpoint. Half of it is left when an attempt begins and outlasts the attempt, so that no other sink
     * delivers meanwhile.
     */
    Duration lease() {
        return timeout.plus(MARGIN).multipliedBy(2);
    }
}
