package org.ctstream.worker.predict;

import java.util.function.Supplier;
import org.ctstream.model.classify.Classifier;

/**
 * A classifier that is ready to take the place of the one that serves.
 *
 * @param classifier opened and warm; whoever holds the successor closes it
 * @param opener opens the same release again, after its device was lost
 * @param onServing called once it serves, on the engine's thread
 */
public record Successor(Classifier classifier, Supplier<Classifier> opener, Runnable onServing) {}
