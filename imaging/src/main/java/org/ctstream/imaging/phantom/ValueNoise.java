package org.ctstream.imaging.phantom;

/**
 * Smooth random fields for tissue texture: lattice values from an integer hash, joined by a cubic. Nothing but additions
 * and multiplications, so that every machine gets the same field for a seed.
 *
 * <p>Immutable and thread-safe.
 */
final class ValueNoise {

    private final long seed;

    ValueNoise(long seed) {
        this.seed = seed;
    }

    /** One octave, in [-1, 1], with features about one unit in size. */
    double at(double x, double y) {
        long column = (long) Math.floor(x);
        long row = (long) Math.floor(y);
        double fx = smooth(x - column);
        double fy = smooth(y - row);
        double top = mix(lattice(column, row), lattice(column + 1, row), fx);
        double bottom = mix(lattice(column, row + 1), lattice(column + 1, row + 1), fx);
        return mix(top, bottom, fy);
    }

    /** Several octaves, each half the size and half the strength of the one before; about [-1, 1]. */
    double fractal(double x, double y, int octaves) {
        double sum = 0;
        double strength = 0.5;
        double scale = 1;
        for (int octave = 0; octave < octaves; octave++) {
            sum += strength * at(x * scale + 17.3 * octave, y * scale - 9.1 * octave);
            strength /= 2;
            scale *= 2;
        }
        return sum * 1.6;
    }

    private double lattice(long column, long row) {
        long z = seed + column * 0x9E3779B97F4A7C15L + row * 0xC2B2AE3D27D4EB4FL;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z ^= z >>> 31;
        return (z >>> 11) * 0x1.0p-52 - 1;
    }

    private static double smooth(double t) {
        return t * t * (3 - 2 * t);
    }

    private static double mix(double a, double b, double t) {
        return a + (b - a) * t;
    }
}
