/** Augmented batches, made by threads ahead of the training step. */
@org.jspecify.annotations.NullMarked
package org.ctstream.trainer.feed;
