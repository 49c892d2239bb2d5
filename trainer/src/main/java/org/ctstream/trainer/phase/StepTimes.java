package org.ctstream.trainer.phase;

import java.time.Duration;
import java.util.Locale;

/**
 * Where an epoch's time went.
 *
 * @param data waiting for batches, which threads make ahead
 * @param frozenForward through the frozen stages, without gradients
 * @param forward through the stages that learn, with the loss
 * @param backward the gradients
 * @param update of the weights and their average
 * @param validation all of it
 */
public record StepTimes(
        Duration data,
        Duration frozenForward,
        Duration forward,
        Duration backward,
        Duration update,
        Duration validation) {
    /** One line, in seconds. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "data %.1f s, frozen forward %.1f s, forward %.1f s, backward %.1f s, update %.1f s, validation %.1f s",
                seconds(data),
                seconds(frozenForward),
                seconds(forward),
                seconds(backward),
                seconds(update),
                seconds(validation));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
