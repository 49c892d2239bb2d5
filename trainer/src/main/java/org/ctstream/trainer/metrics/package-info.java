/** What the trainer measures. */
@org.jspecify.annotations.NullMarked
package org.ctstream.trainer.metrics;
