package org.ctstream.trainer.feed;

/** Independent seeds for the parts of a run, so that what an epoch does depends on nothing but its number. */
public final class Seeds {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Seeds() {}

    /** A seed from a run's seed and what tells this part from others. */
    public static long of(long seed, long... parts) {
        long mixed = mix(seed + GOLDEN_GAMMA);
        for (long part : parts) {
            mixed = mix(mixed ^ mix(part + GOLDEN_GAMMA));
        }
        return mixed;
    }

    /** A seed part from a text. */
    public static long of(String text) {
        long hash = 0;
        for (int i = 0; i < text.length(); i++) {
            hash = hash * 31 + text.charAt(i);
        }
        return mix(hash);
    }

    /** Stafford's variant 13 of MurmurHash3's finaliser, as in SplittableRandom. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
