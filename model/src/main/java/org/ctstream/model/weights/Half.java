package org.ctstream.model.weights;

/**
 * Half precision, one bit of sign, five of exponent, ten of fraction.
 *
 * @see "IEEE 754-2019, binary16"
 */
final class Half {
    private static final int SIGN = 0x8000;
    private static final int INFINITY = 0x7c00;
    private static final int FRACTION_BITS = 10;
    private static final int FLOAT_FRACTION_BITS = 23;
    private static final int DROPPED_BITS = FLOAT_FRACTION_BITS - FRACTION_BITS;
    /** Added to the bits that are dropped, carries into the last kept one if they are more than half of it. */
    private static final int JUST_BELOW_HALF = (1 << (DROPPED_BITS - 1)) - 1;
    /** First bit of the fraction, by which something that is no number raises no exception. */
    private static final int QUIET = 0x200;
    /** Difference of the two formats' exponent biases, 127 and 15. */
    private static final int REBIAS = 112;
    /** The smallest number above zero. */
    private static final float UNIT = 0x1p-24f;
    /** Below it numbers have less than ten bits of fraction and are multiples of the unit. */
    private static final float SMALLEST_NORMAL = 0x1p-14f;
    /** Half-way between the largest number, 65504, and what would be the next; from here on all is infinite. */
    private static final float OVERFLOW = 65_520;

    private Half() {}

    static float toFloat(short half) {
        int magnitude = half & (SIGN - 1);
        float positive;
        if (magnitude >> FRACTION_BITS == 0) {
            positive = magnitude * UNIT;
        } else if (magnitude >= INFINITY) {
            positive = magnitude == INFINITY ? Float.POSITIVE_INFINITY : Float.NaN;
        } else {
            positive = Float.intBitsToFloat((magnitude << DROPPED_BITS) + (REBIAS << FLOAT_FRACTION_BITS));
        }
        return (half & SIGN) == 0 ? positive : -positive;
    }

    /** The nearest half; of two equally near the one with an even last bit. */
    static short of(float value) {
        int sign = (Float.floatToRawIntBits(value) >>> Short.SIZE) & SIGN;
        float positive = Math.abs(value);
        if (Float.isNaN(value)) {
            return (short) (INFINITY | QUIET);
        }
        if (positive >= OVERFLOW) {
            return (short) (sign | INFINITY);
        }
        if (positive < SMALLEST_NORMAL) {
            // May round up to the smallest normal number, whose bits are the next ones.
            return (short) (sign | (int) Math.rint(positive / UNIT));
        }
        int bits = Float.floatToRawIntBits(positive) - (REBIAS << FLOAT_FRACTION_BITS);
        int lastKept = (bits >>> DROPPED_BITS) & 1;
        int rounded = (bits + JUST_BELOW_HALF + lastKept) >>> DROPPED_BITS;
        return (short) (sign | rounded);
    }

    /** Whether none of the finite numbers becomes infinite. */
    static boolean holds(float[] values) {
        for (float value : values) {
            if (Float.isFinite(value) && Math.abs(value) >= OVERFLOW) {
                return false;
            }
        }
        return true;
    }
}
