package org.ctstream.model.engine.measure;

import org.ctstream.model.classify.Classifier;

/**
 * A classifier that is measured beside others.
 *
 * @param name what it is called in tables
 * @param classifier open, and left open
 */
public record Contestant(String name, Classifier classifier) {}
