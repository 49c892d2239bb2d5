package org.ctstream.trainer.phase;

/**
 * Loss and AUC over some images.
 *
 * @param loss mean loss per image
 * @param auc area under the ROC curve, NaN if there is one class only
 */
record Figures(double loss, double auc) {}
