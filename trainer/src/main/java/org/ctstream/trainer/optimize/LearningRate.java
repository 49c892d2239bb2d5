package org.ctstream.trainer.optimize;

/** The learning rate over a phase. Immutable. */
public sealed interface LearningRate {
    /**
     * The rate of an update.
     *
     * @param epoch epochs done before the update, from 0, with the share of the running one: 1.5 is in the middle of the
     *     second
     */
    double at(double epoch);

    /**
     * Multiplied by a factor each time so many epochs are over.
     *
     * @param base rate of the first epochs, positive
     * @param factor multiplier, positive and at most 1
     * @param everyEpochs epochs between two steps, at least 1
     */
    record StepDecay(double base, double factor, int everyEpochs) implements LearningRate {
        public StepDecay {
            if (!(base > 0) || !(factor > 0) || factor > 1 || everyEpochs < 1) {
                throw new IllegalArgumentException("a step decay needs a positive rate, a factor in (0, 1] and at least"
                        + " one epoch a step, found " + base + ", " + factor + ", " + everyEpochs);
            }
        }

        @Override
        public double at(double epoch) {
            return base * Math.pow(factor, Math.floor(epoch / everyEpochs));
        }
    }

    /**
     * A linear rise to the peak, then half a cosine down to zero.
     *
     * @param peak highest rate, positive
     * @param warmupEpochs epochs of the rise, from 0
     * @param epochs epochs in all, more than the rise takes
     * @see "Loshchilov and Hutter, SGDR, ICLR 2017"
     */
    record Cosine(double peak, double warmupEpochs, int epochs) implements LearningRate {
        public Cosine {
            if (!(peak > 0) || !(warmupEpochs >= 0) || !(epochs > warmupEpochs)) {
                throw new IllegalArgumentException(
                        "a cosine needs a positive rate and more epochs than its warm-up, found " + peak + ", " + epochs
                                + " and " + warmupEpochs);
            }
        }

        @Override
        public double at(double epoch) {
            if (epoch < warmupEpochs) {
                // Never zero: the first update must move something.
                return peak * (epoch + 1e-2) / (warmupEpochs + 1e-2);
            }
            double done = Math.min(1, (epoch - warmupEpochs) / (epochs - warmupEpochs));
            return peak * 0.5 * (1 + Math.cos(Math.PI * done));
        }
    }
}
