/** How good a classifier is: probabilities and labels in, metrics with their intervals and thresholds out. */
@org.jspecify.annotations.NullMarked
package org.ctstream.trainer.evaluate;
