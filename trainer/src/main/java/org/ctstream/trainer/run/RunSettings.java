package org.ctstream.trainer.run;

import ai.djl.Device;

/**
 * What all phases of a run share.
 *
 * @param seed of everything random
 * @param imagenetStandardisation ImageNet's mean and deviation instead of the training set's own
 * @param device where the network runs
 * @param loaderThreads threads that make batches ahead
 * @param codeVersion version of this program, for the record
 */
public record RunSettings(
        long seed, boolean imagenetStandardisation, Device device, int loaderThreads, String codeVersion) {}
