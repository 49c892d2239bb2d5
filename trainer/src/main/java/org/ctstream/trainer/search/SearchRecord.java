package org.ctstream.trainer.search;

/**
 * What a search is, in {@code search.json} of its folder; it goes on as the same search only, with as many more trials as
 * are wanted.
 *
 * @param seed of the draws
 * @param space what trials are drawn from
 * @param settings text of all other settings of the phase, and of what runs share
 * @param dataset fingerprint of the images and labels
 */
record SearchRecord(long seed, SearchSpace space, String settings, String dataset) {}
