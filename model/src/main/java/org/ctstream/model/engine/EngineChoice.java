package org.ctstream.model.engine;

import org.ctstream.model.classify.ClassifierFactory;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineOptions;

/**
 * An engine as a configuration names it, with the device to ask it for.
 *
 * @param factory the engine, or a choice among several
 * @param device for {@link EngineOptions#withDevice}; a choice among devices takes it for granted and decides itself
 */
public record EngineChoice(ClassifierFactory factory, Device device) {
    /** These options on the chosen device. */
    public EngineOptions on(EngineOptions options) {
        return options.withDevice(device);
    }
}
