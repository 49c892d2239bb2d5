/** How gradients move weights: update rules, learning rates, weight averages. */
@org.jspecify.annotations.NullMarked
package org.ctstream.trainer.optimize;
