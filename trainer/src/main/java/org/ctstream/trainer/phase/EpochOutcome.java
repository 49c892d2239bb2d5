package org.ctstream.trainer.phase;

/**
 * What an epoch led to.
 *
 * @param training over the epoch's own steps
 * @param validation after it
 * @param times where its time went
 */
record EpochOutcome(Figures training, Figures validation, StepTimes times) {}
