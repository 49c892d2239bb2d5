package org.ctstream.model.gate;

import java.util.Locale;
import java.util.Optional;

/**
 * How far one slice is from chest CT slices.
 *
 * @param distance Mahalanobis distance of its features, in standard deviations, 0 or more; infinite for a slice of one grey
 *     value, which has nothing to measure
 * @param atMost the largest distance at which it counts as a chest CT slice
 * @param gate name of the parameters it was judged by
 */
public record GateVerdict(double distance, double atMost, String gate) {
    public GateVerdict {
        if (!(distance >= 0) || !(atMost > 0)) {
            throw new IllegalArgumentException(
                    "gate distance " + distance + ", at most " + atMost + " (expected: 0 or more, above 0)");
        }
    }

    /** Whether it is not like a chest CT slice. */
    public boolean refused() {
        return distance > atMost;
    }

    /** For people: why it is refused; empty if it is not. */
    public Optional<String> reason() {
        if (!refused()) {
            return Optional.empty();
        }
        String why = Double.isInfinite(distance)
                ? "every pixel has the same grey value"
                : String.format(Locale.ROOT, "distance %.1f, at most %.1f", distance, atMost);
        return Optional.of("not like a chest CT slice: " + why + " (gate " + gate + ")");
    }
}
