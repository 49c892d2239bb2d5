package org.ctstream.model.engine.tensorrt;

import ai.djl.Model;
import ai.djl.engine.EngineException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.Precision;
import org.ctstream.model.engine.support.TemporaryFolder;
import org.ctstream.model.plan.PlanException;
import org.ctstream.model.plan.PlanKey;
import org.ctstream.model.plan.PlanLookup;
import org.ctstream.model.plan.PlanSource;
import org.ctstream.model.plan.PlanStore;
import org.ctstream.model.plan.StoredPlan;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets a network onto the GPU: from its plan, or by compiling it now. Says which, and why. */
final class NetworkLoader {
    private static final Logger log = LoggerFactory.getLogger(NetworkLoader.class);

    private final Opening opening;
    private final ai.djl.Device device;
    private final boolean compiles;

    /** @param compiles whether to compile a network that has no plan */
    NetworkLoader(Opening opening, Device.Gpu device, boolean compiles) {
        this.compiles = compiles;
        this.opening = opening;
        this.device = ai.djl.Device.gpu(device.index());
    }

    /**
     * @param key of the plan to look for
     * @throws EngineException if TensorRT cannot compile it
     * @throws IOException if the ONNX file cannot be written for it
     * @throws ClassifierException.Unavailable if there is no plan and this engine cannot or may not make one
     */
    CompiledNetwork load(PlanSource source, PlanKey key, PlanStore plans) throws IOException {
        String reason;
        @Nullable EngineException refused = null;
        PlanLookup lookup = plans.find(key);
        if (lookup instanceof PlanLookup.Found found) {
            try {
                return open(found.plan());
            } catch (EngineException e) {
                reason = "TensorRT does not take the plan " + found.plan().file() + ": " + e.getMessage();
                refused = e;
            }
        } else {
            reason = ((PlanLookup.None) lookup).reason();
        }
        if (!compiles) {
            var missing = new PlanException.Missing(
                    "no plan for this GPU: " + reason, "make one with ctstream model plan --run", refused);
            throw new ClassifierException.Unavailable(String.valueOf(missing.getMessage()), missing);
        }
        return compile(source, key, reason);
    }

    private CompiledNetwork open(StoredPlan plan) throws IOException {
        long begin = System.nanoTime();
        Model model = opening.open(plan.file(), device, Map.of());
        log.atInfo()
                .addKeyValue("plan", plan.file())
                .addKeyValue("seconds", secondsSince(begin))
                .log("TensorRT plan loaded");
        return new CompiledNetwork(model, device);
    }

    private CompiledNetwork compile(PlanSource source, PlanKey key, String reason) throws IOException {
        if (source.isInt8()) {
            // DJL's way of asking for integers gives every tensor the same range, over the release's own.
            throw new ClassifierException.Unavailable(
                    "there is no plan of this INT8 release for this GPU (" + reason
                            + "), and engine " + TensorRtClassifiers.NAME
                            + " compiles no INT8 network itself; make one: ctstream model plan --run",
                    null);
        }
        log.atWarn()
                .addKeyValue("reason", reason)
                .addKeyValue("gpu", key.gpu())
                .addKeyValue("batch", key.batch())
                .addKeyValue("precision", key.precision())
                .addKeyValue("remedy", "ctstream model plan --run")
                .log("No TensorRT plan; compiling the network now, as at every start: minutes, and a slower network");
        long begin = System.nanoTime();
        try (TemporaryFolder folder = TemporaryFolder.create("ctstream-tensorrt")) {
            source.write(folder.file());
            Model model = opening.open(
                    folder.file(), device, key.precision() == Precision.FP16 ? Map.of("fp16", "true") : Map.of());
            log.atInfo().addKeyValue("seconds", secondsSince(begin)).log("TensorRT compiled the network");
            return new CompiledNetwork(model, device);
        }
    }

    /** What TensorRT does with a plan or an ONNX file. */
    @FunctionalInterface
    interface Opening {
        Model open(Path file, ai.djl.Device device, Map<String, String> compilation) throws IOException;
    }

    private static long secondsSince(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin).toSeconds();
    }
}
