package org.ctstream.worker;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.ctstream.service.config.CommonKeys;

/** The inference worker's own configuration keys. */
public final class WorkerKeys {
    public static final String GROUP_ID = "worker.group.id";
    public static final String BATCH_MAX_SIZE = "batch.max.size";
    public static final String BATCH_MAX_WAIT_MS = "batch.max.wait.ms";
    public static final String BATCHES_IN_FLIGHT = "batches.in.flight";
    public static final String MODEL_STORE = "model.store";
    public static final String MODEL_NAME = "model.name";
    public static final String MODEL_VERSION = "model.version";
    public static final String ENGINE = "engine";
    public static final String ENGINE_DEVICE = "engine.device";
    public static final String ENGINE_THREADS = "engine.threads";
    public static final String SIMULATED_BATCH_MICROS = "engine.none.batch.micros";
    public static final String SIMULATED_SCAN_MICROS = "engine.none.scan.micros";

    private static final int DEFAULT_HTTP_PORT = 8091;

    private WorkerKeys() {}

    public static ConfigDef def() {
        return CommonKeys.def(DEFAULT_HTTP_PORT)
                .define(
                        GROUP_ID,
                        Type.STRING,
                        "ctstream-inference-worker",
                        new ConfigDef.NonEmptyString(),
                        Importance.MEDIUM,
                        "Consumer group the workers share.")
                .define(
                        BATCH_MAX_SIZE,
                        Type.INT,
                        8,
                        Range.between(1, 1_024),
                        Importance.HIGH,
                        "Most scans in one batch. On a CPU batching gains little; on a GPU it is the lever.")
                .define(
                        BATCH_MAX_WAIT_MS,
                        Type.LONG,
                        20L,
                        Range.between(0, 60_000),
                        Importance.HIGH,
                        "Longest time the first scan of a batch waits for others.")
                .define(
                        BATCHES_IN_FLIGHT,
                        Type.INT,
                        3,
                        Range.between(1, 64),
                        Importance.LOW,
                        "Batches handed to the engine and not yet committed: one running, the others waiting, "
                                + "so that the engine never waits for Kafka.")
                .define(
                        MODEL_STORE,
                        Type.STRING,
                        "ctstream-data/models",
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Folder of the model store, which has the releases by name and version.")
                .define(
                        MODEL_NAME,
                        Type.STRING,
                        "",
                        Importance.HIGH,
                        "Release to serve, whatever is announced. Empty serves the newest release in production "
                                + "(\"ctstream model promote\"), swapped in between two batches when there is a newer "
                                + "one, or the default release while none is in production.")
                .define(
                        MODEL_VERSION,
                        Type.STRING,
                        "",
                        Importance.HIGH,
                        "Version of the release to serve, whatever is announced; given together with " + MODEL_NAME
                                + ", or neither.")
                .define(
                        ENGINE,
                        Type.STRING,
                        "pytorch",
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Engine that runs the network. \"none\" runs no network at all: for measuring the host side.")
                .define(
                        ENGINE_DEVICE,
                        Type.STRING,
                        "cpu",
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Device: cpu, gpu or gpu:N. A missing device stops the start; nothing falls back in silence.")
                .define(
                        ENGINE_THREADS,
                        Type.INT,
                        0,
                        Range.between(0, 1_024),
                        Importance.MEDIUM,
                        "Threads inside the engine on a CPU; 0 lets the engine decide.")
                .define(
                        SIMULATED_BATCH_MICROS,
                        Type.LONG,
                        0L,
                        Range.atLeast(0),
                        Importance.LOW,
                        "Engine \"none\" only: microseconds a batch costs, to stand in for a device.")
                .define(
                        SIMULATED_SCAN_MICROS,
                        Type.LONG,
                        0L,
                        Range.atLeast(0),
                        Importance.LOW,
                        "Engine \"none\" only: microseconds each scan costs.");
    }
}
