package org.ctstream.trainer.phase;

/** Where the triplets of a contrastive phase come from. */
public enum TripletStrategy {
    /** Anchor, another image of its class, an image of the other class, all at random. */
    RANDOM,
    /** The positive is the anchor's own image, strongly augmented; the negative is at random. */
    STRONG_POSITIVE,
    /** Mined among the images of a batch by the distances as they are. */
    SEMI_HARD
}
