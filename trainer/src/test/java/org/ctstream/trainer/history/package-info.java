/** What happened in each epoch of a run, as it is written to the run's folder and drawn. */
@org.jspecify.annotations.NullMarked
package org.ctstream.trainer.history;
