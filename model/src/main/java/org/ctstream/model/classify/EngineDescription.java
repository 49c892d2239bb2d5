package org.ctstream.model.classify;

/**
 * What runs the network, for results, metrics and logs.
 *
 * @param engine name in the registry, for example {@code pytorch}
 * @param device what it runs on
 * @param version version of the engine
 * @param threads threads one batch is computed with, on the host
 */
public record EngineDescription(String engine, Device device, String version, int threads) {}
