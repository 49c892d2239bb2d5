package org.ctstream.trainer.phase;

import ai.djl.Device;
import java.nio.file.Path;
import org.ctstream.model.weights.Weights;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.feed.Standardisation;
import org.ctstream.trainer.history.RunHistory;
import org.jspecify.annotations.Nullable;

/**
 * What a phase works on.
 *
 * @param settings the phase's settings
 * @param dataset training and validation images
 * @param standardisation of the input
 * @param initial weights to begin from, as far as they fit; null for seeded random ones alone
 * @param folder where checkpoints and kept features go
 * @param history the run's history
 * @param seed of everything random
 * @param device where the network runs
 * @param loaderThreads threads that make batches ahead
 */
public record PhaseTask(
        PhaseSettings settings,
        Dataset dataset,
        Standardisation standardisation,
        @Nullable Weights initial,
        Path folder,
        RunHistory history,
        long seed,
        Device device,
        int loaderThreads) {}
