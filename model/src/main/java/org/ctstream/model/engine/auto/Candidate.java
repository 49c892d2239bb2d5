package org.ctstream.model.engine.auto;

import org.ctstream.model.classify.ClassifierFactory;
import org.ctstream.model.classify.Device;

/**
 * An engine on a device, which may be chosen.
 *
 * @param engine the engine's name
 * @param factory the engine
 * @param device where it would run
 */
public record Candidate(String engine, ClassifierFactory factory, Device device) {
    /** For example {@code onnxruntime on cpu}. */
    @Override
    public String toString() {
        return engine + " on " + device;
    }
}
