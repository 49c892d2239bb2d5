package org.ctstream.model.graph.quantized;

import java.util.Arrays;

/**
 * The smallest and the largest number seen in every channel of a value.
 *
 * @param low per channel, finite
 * @param high per channel, finite, at least the low one
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by content
public record ChannelRange(float[] low, float[] high) {
    /** @throws IllegalArgumentException if there is no channel, or one has no range */
    public ChannelRange {
        if (low.length == 0 || low.length != high.length) {
            throw new IllegalArgumentException(
                    "a range has as many lows as highs, at least one; found " + low.length + " and " + high.length);
        }
        for (int i = 0; i < low.length; i++) {
            if (!Float.isFinite(low[i]) || !Float.isFinite(high[i]) || low[i] > high[i]) {
                throw new IllegalArgumentException("channel " + i + " of " + low.length + " ranges from " + low[i]
                        + " to " + high[i] + " (expected: two finite numbers in this order)");
            }
        }
        low = low.clone();
        high = high.clone();
    }

    @Override
    public float[] low() {
        return low.clone();
    }

    @Override
    public float[] high() {
        return high.clone();
    }

    public int channels() {
        return low.length;
    }

    /** The smallest number of all channels. */
    float lowest() {
        float lowest = low[0];
        for (float value : low) {
            lowest = Math.min(lowest, value);
        }
        return lowest;
    }

    /** The largest number of all channels. */
    float highest() {
        float highest = high[0];
        for (float value : high) {
            highest = Math.max(highest, value);
        }
        return highest;
    }

    /** The range that holds this one and another of as many channels. */
    public ChannelRange with(ChannelRange other) {
        float[] lows = low.clone();
        float[] highs = high.clone();
        for (int i = 0; i < lows.length; i++) {
            lows[i] = Math.min(lows[i], other.low[i]);
            highs[i] = Math.max(highs[i], other.high[i]);
        }
        return new ChannelRange(lows, highs);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChannelRange range && Arrays.equals(low, range.low) && Arrays.equals(high, range.high);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(low) + Arrays.hashCode(high);
    }

    @Override
    public String toString() {
        return "ChannelRange[" + low.length + " channels, " + lowest() + " to " + highest() + "]";
    }
}
