package org.ctstream.cli.engine;

import org.ctstream.model.classify.Availability;
import org.ctstream.model.classify.ClassifierFactory;
import org.ctstream.model.classify.Device;

/** Asks engines whether they are there. One that cannot even be asked is not. */
final class Probe {
    private Probe() {}

    static Availability availability(ClassifierFactory factory, Device device) {
        try {
            return factory.availability(device);
        } catch (RuntimeException | LinkageError e) {
            return new Availability.Missing(
                    "it failed while it was asked: " + e, "report it with CTSTREAM_LOG_LEVEL=DEBUG, and name another");
        }
    }
}
