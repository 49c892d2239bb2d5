package org.ctstream.trainer.phase;

/** The weights have run away: outputs are no longer numbers. The last checkpoint is from before. */
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DivergedException() {
        super(
                "training diverged: the network's outputs are no longer numbers; begin a new run with a lower learning rate"
                        + " or a warm-up, the checkpoint before this epoch is kept");
    }
}
