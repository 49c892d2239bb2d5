package org.ctstream.trainer.phase;

/** What a phase minimises. */
public enum PhaseKind {
    /** Cross-entropy of the classifier's logits. */
    CLASSIFICATION,
    /** Triplet loss of the embeddings. */
    CONTRASTIVE
}
