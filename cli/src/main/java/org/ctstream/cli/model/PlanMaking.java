package org.ctstream.cli.model;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.ctstream.model.classify.Precision;
import org.ctstream.model.plan.Gpu;
import org.ctstream.model.plan.PlanException;
import org.ctstream.model.plan.PlanKey;
import org.ctstream.model.plan.PlanOrder;
import org.ctstream.model.plan.PlanSource;
import org.ctstream.model.plan.PlanStore;
import org.ctstream.model.plan.StoredPlan;
import org.ctstream.model.plan.TensorRtVersion;
import org.ctstream.model.plan.Trtexec;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.service.text.Bytes;

/** Makes a plan, or says how. */
final class PlanMaking {
    /** DJL's TensorRT engine is linked with the libraries of this one. */
    private static final int MAJOR_VERSION = 8;

    private final Gpu gpu;
    private final Trtexec trtexec;
    private final TensorRtVersion version;
    private final Order order;
    private final PlanSource source;
    private final PrintWriter out;

    /**
     * What is wanted.
     *
     * @param gpu number of the GPU, as CUDA counts
     * @param workspace in MiB
     */
    record Order(StoredRelease release, int batch, Precision precision, int gpu, int workspace) {}

    /**
     * @throws PlanException if {@code trtexec} is not of TensorRT 8
     * @throws IllegalArgumentException if the release cannot be written
     */
    PlanMaking(Gpu gpu, Trtexec trtexec, Order order, PrintWriter out) throws InterruptedException {
        this.gpu = gpu;
        this.trtexec = trtexec;
        this.version = trtexec.version();
        if (version.major() != MAJOR_VERSION) {
            throw new PlanException.ToolFailed(
                    trtexec.executable() + " is of TensorRT " + version
                            + ", and engine tensorrt takes plans of TensorRT 8 alone",
                    "use TensorRT 8.4 to 8.6 (image worker-tensorrt), or engine onnxruntime-tensorrt, which takes"
                            + " TensorRT 10 and makes its plans itself",
                    null);
        }
        this.order = order;
        this.out = out;
        this.source = PlanSource.of(order.release(), order.batch());
    }

    /** Writes the ONNX file and prints the line. */
    void print(Path onnx) throws IOException {
        Path file = onnx.toAbsolutePath().normalize();
        source.write(file);
        Path plan = file.resolveSibling(file.getFileName().toString().replaceFirst("\\.onnx$", "") + ".trt");
        describe();
        out.println("onnx      " + file + " (" + Bytes.text(source.size()) + ")");
        out.println();
        out.println(trtexec.line(ordered(file, plan), version));
        out.println();
        out.println("Then: ctstream model plan " + order.release().release().id() + " --batch " + order.batch()
                + " --precision " + precision() + " --gpu " + order.gpu() + " --store "
                + store() + " --from " + plan);
        out.flush();
    }

    /** Runs {@code trtexec} and stores what it made. */
    void run(Duration limit) throws IOException, InterruptedException {
        describe();
        Path folder = Files.createTempDirectory("ctstream-plan");
        Path onnx = folder.resolve("network.onnx");
        long begin = System.nanoTime();
        try (var progress = new PlanProgress(out)) {
            source.write(onnx);
            StoredPlan plan = plans().save(key(), file -> trtexec.make(ordered(onnx, file), version, limit, progress));
            report(plan, Duration.ofNanos(System.nanoTime() - begin).toSeconds() + " s");
        } finally {
            Files.deleteIfExists(onnx);
            Files.deleteIfExists(folder);
        }
    }

    /** Stores a plan that was made by hand. */
    void store(Path made) throws InterruptedException {
        describe();
        report(plans().save(key(), file -> Files.copy(made, file)), "from " + made);
    }

    private void describe() {
        out.println("gpu       " + gpu);
        out.println("trtexec   " + trtexec.executable() + " (TensorRT " + version + ")");
        out.flush();
    }

    private void report(StoredPlan plan, String how) {
        out.println("plan      " + plan.file() + " ("
                + Bytes.text(plan.file().toFile().length()) + ", " + how + ")");
        out.println("sha256    " + plan.sha256());
        out.println();
        out.println("For workers with engine=tensorrt, engine.device=gpu:" + order.gpu() + ", engine.precision="
                + precision() + " and batch.max.size or engine.slices.per.run=" + order.batch() + ".");
        out.flush();
    }

    private PlanOrder ordered(Path onnx, Path plan) {
        return new PlanOrder(onnx, plan, order.precision(), source.isInt8(), order.gpu(), order.workspace());
    }

    private PlanKey key() {
        return source.key(gpu, version, order.precision());
    }

    private PlanStore plans() {
        return new PlanStore(order.release(), Clock.systemUTC());
    }

    /** The release's folder is {@code <store>/<name>/<version>}. */
    private Path store() {
        return order.release().folder().resolve("../..").normalize();
    }

    private String precision() {
        return order.precision().name().toLowerCase(Locale.ROOT);
    }
}
