package org.ctstream.worker;

import java.util.Locale;
import org.ctstream.model.gate.ChestGate;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.metrics.Metrics;
import org.ctstream.worker.gate.GateMode;
import org.ctstream.worker.gate.ScanGate;

/** Makes the gate before the engine, as the configuration says. */
final class Gates {
    private Gates() {}

    /** @throws FatalStageException if the file of parameters cannot be used */
    static ScanGate of(ServiceConfig config, Metrics metrics) {
        var mode = GateMode.valueOf(config.string(WorkerKeys.GATE_MODE).toUpperCase(Locale.ROOT));
        try {
            ChestGate gate = config.string(WorkerKeys.GATE_PARAMETERS).isBlank()
                    ? ChestGate.bundled()
                    : ChestGate.read(config.path(WorkerKeys.GATE_PARAMETERS));
            return new ScanGate(mode, gate, metrics);
        } catch (IllegalArgumentException e) {
            throw new FatalStageException(Stage.CLASSIFY, WorkerKeys.GATE_PARAMETERS + ": " + e.getMessage(), e);
        }
    }
}
