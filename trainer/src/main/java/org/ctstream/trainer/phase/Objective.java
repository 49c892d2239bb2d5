package org.ctstream.trainer.phase;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.ctstream.model.network.StagedNetwork;
import org.ctstream.trainer.feed.Batch;
import org.ctstream.trainer.feed.Sample;

/**
 * What a phase minimises, on which samples, and how well it does. It keeps what it has seen of the running epoch.
 *
 * <p>Not thread-safe; it belongs to the training thread.
 */
interface Objective {
    /** What an epoch does. */
    List<Update> plan(int epoch);

    /** Every augmented sample the phase may ask for; only with frozen copies. */
    List<Sample> allSamples();

    /** The samples the phase is validated on, as they are served. */
    List<Sample> validationSamples();

    /** Number of the network's stages that the phase needs. */
    int stages(StagedNetwork network);

    /** The loss of a micro-batch, a scalar; remembers the outputs for {@link #training()}. */
    NDArray loss(NDArray output, Batch batch);

    /** Figures over the epoch's steps so far, which are forgotten with this. */
    Figures training();

    /** Figures of the validation samples' outputs, one row each. */
    Figures validation(float[][] outputs);
}
