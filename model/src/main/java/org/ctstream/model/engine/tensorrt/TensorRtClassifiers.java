package org.ctstream.model.engine.tensorrt;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.time.Clock;
import org.ctstream.model.classify.Availability;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.ClassifierFactory;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineDescription;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.EngineOptions.SimulatedCost;
import org.ctstream.model.plan.Gpu;
import org.ctstream.model.plan.NvidiaSmi;
import org.ctstream.model.plan.PlanException;
import org.ctstream.model.plan.PlanSource;
import org.ctstream.model.plan.PlanStore;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.StoredRelease;

/**
 * The engine {@code tensorrt}: the network compiled for one NVIDIA GPU by TensorRT 8, in float32 or with half precision
 * where TensorRT finds it faster.
 *
 * <p>Loads the release's plan for this GPU, version, precision and batch, made by {@code ctstream model plan}. Where there
 * is none, TensorRT compiles the network anew at every opening, which takes minutes, and the log says so. Every run computes
 * the same number of slices, {@link EngineOptions#slicesPerRun} or else {@link EngineOptions#maxBatch}.
 *
 * <p>Not yet run on hardware. What is missing on a machine is told before anything native is loaded.
 */
public final class TensorRtClassifiers implements ClassifierFactory {
    /** Name of the engine. */
    public static final String NAME = "tensorrt";

    private final NvidiaSmi driver;
    private final boolean compiles;
    private final ClassifierFactory withPlansOnly;

    /** On this machine's GPUs. */
    public TensorRtClassifiers() {
        this(NvidiaSmi.ofThisMachine());
    }

    TensorRtClassifiers(NvidiaSmi driver) {
        this.driver = driver;
        this.compiles = true;
        this.withPlansOnly = new TensorRtClassifiers(driver, false);
    }

    private TensorRtClassifiers(NvidiaSmi driver, boolean compiles) {
        this.driver = driver;
        this.compiles = compiles;
        this.withPlansOnly = this;
    }

    /** This engine for releases that have a fitting plan; others it refuses, as unavailable, instead of compiling them. */
    public ClassifierFactory withPlansOnly() {
        return withPlansOnly;
    }

    @Override
    public Classifier open(StoredRelease stored, EngineOptions options) {
        if (!options.simulatedCost().equals(SimulatedCost.NOTHING)) {
            throw new IllegalArgumentException("engine " + NAME + " takes no simulated cost, only engine none does");
        }
        Device.Gpu device;
        Gpu gpu;
        TensorRtRuntime runtime;
        try {
            device = gpu(options.device());
            gpu = driver.gpu(device.index());
            runtime = TensorRtRuntime.load();
        } catch (PlanException e) {
            throw new ClassifierException.Unavailable(
                    "engine " + NAME + " cannot use device " + options.device() + ": " + e.getMessage(), e);
        }
        int batch = options.slicesPerRun() > 0 ? options.slicesPerRun() : options.maxBatch();
        EngineDescription engine = describe(runtime, options, batch);
        ModelRelease release = stored.release();
        PlanSource source = PlanSource.of(stored, batch);
        try {
            CompiledNetwork network = new NetworkLoader(runtime::open, device, compiles)
                    .load(
                            source,
                            source.key(gpu, runtime.version(), options.precision()),
                            new PlanStore(stored, Clock.systemUTC()));
            Lanes lanes = network.lanes(release, engine, source.heatmap());
            return new TensorRtClassifier(release, engine, options.maxBatch(), lanes, network::close);
        } catch (EngineException | IllegalStateException | IOException e) {
            throw TensorRtFailures.MESSAGES.onOpening(e, release.id(), engine);
        }
    }

    private static EngineDescription describe(TensorRtRuntime runtime, EngineOptions options, int batch) {
        int sessions = Math.max(1, options.sessions());
        // A session keeps one thread of the host busy, whatever number was asked for.
        return new EngineDescription(
                NAME, options.device(), runtime.version().toString(), options.precision(), sessions, sessions, batch);
    }

    @Override
    public Availability availability(Device device) {
        try {
            Gpu gpu = driver.gpu(gpu(device).index());
            return new Availability.Available(TensorRtRuntime.load().version().toString(), gpu.toString());
        } catch (PlanException e) {
            return new Availability.Missing(e.reason(), e.remedy());
        }
    }

    private static Device.Gpu gpu(Device device) {
        if (device instanceof Device.Gpu gpu) {
            return gpu;
        }
        throw new PlanException.Missing(
                "TensorRT runs on NVIDIA GPUs alone, not on device " + device,
                "choose device gpu, or for a processor engine onnxruntime or pytorch",
                null);
    }
}
