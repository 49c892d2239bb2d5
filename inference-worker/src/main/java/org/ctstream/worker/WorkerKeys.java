package org.ctstream.worker;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.ctstream.model.engine.auto.AutoClassifiers;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.kafka.StaticMembership;
import org.ctstream.worker.predict.BatchLimits;

/** The inference worker's own configuration keys. */
public final class WorkerKeys {
    public static final String GROUP_ID = "worker.group.id";
    public static final String DELIVERY_MODE = "delivery.mode";
    public static final String QUEUE_LOCK_MS = "queue.lock.ms";
    public static final String QUEUE_DELIVERY_LIMIT = "queue.delivery.limit";
    public static final String BATCH_MAX_SIZE = "batch.max.size";
    public static final String BATCH_MAX_WAIT_MS = "batch.max.wait.ms";
    public static final String BATCHES_IN_FLIGHT = "batches.in.flight";
    public static final String ROUTINE_LEAST_SHARE = "routine.least.share";
    public static final String MODEL_STORE = "model.store";
    public static final String MODEL_NAME = "model.name";
    public static final String MODEL_VERSION = "model.version";
    public static final String ENGINE = "engine";
    public static final String ENGINE_DEVICE = "engine.device";
    public static final String ENGINE_FALLBACK = "engine.fallback";
    public static final String ENGINE_PRECISION = "engine.precision";
    public static final String ENGINE_THREADS = "engine.threads";
    public static final String ENGINE_SESSIONS = "engine.sessions";
    public static final String ENGINE_SLICES_PER_RUN = "engine.slices.per.run";
    public static final String ENGINE_CACHE = "engine.cache";
    public static final String EMBEDDING_PUBLISH = "embedding.publish";
    public static final String CRASH_JOURNAL = "crash.journal";
    public static final String GATE_MODE = "gate.mode";
    public static final String GATE_PARAMETERS = "gate.parameters";
    public static final String SIMULATED_BATCH_MICROS = "engine.none.batch.micros";
    public static final String SIMULATED_SCAN_MICROS = "engine.none.scan.micros";

    private static final int DEFAULT_HTTP_PORT = 8091;

    private WorkerKeys() {}

    public static ConfigDef def() {
        return StaticMembership.define(CommonKeys.def(DEFAULT_HTTP_PORT))
                .define(
                        GROUP_ID,
                        Type.STRING,
                        "ctstream-inference-worker",
                        new ConfigDef.NonEmptyString(),
                        Importance.MEDIUM,
                        "Consumer group the workers share. That of the STAT lane has \"-stat\" after it.")
                .define(
                        DELIVERY_MODE,
                        Type.STRING,
                        DeliveryModes.EXACTLY_ONCE,
                        ValidString.in(DeliveryModes.EXACTLY_ONCE, DeliveryModes.QUEUE),
                        Importance.HIGH,
                        "\"exactly-once\": a consumer group, each result and its offset in one transaction, at most as many "
                                + "workers at work as partitions. \"queue\": a share group, each scan acknowledged by itself after "
                                + "its result, any number of workers on any number of partitions; a result may be published "
                                + "twice, with the same result id, and is stored once. All workers of a group have the same mode.")
                .define(
                        QUEUE_LOCK_MS,
                        Type.LONG,
                        30_000L,
                        Range.between(1_000, 3_600_000),
                        Importance.LOW,
                        "Queue mode: how long Kafka waits for a word of a worker that hangs or whose host is lost before it "
                                + "gives its scans to others. Renewed while the engine works, so a scan may take longer. The "
                                + "brokers bound it (group.share.min.record.lock.duration.ms, 15 s, and max, 60 s).")
                .define(
                        QUEUE_DELIVERY_LIMIT,
                        Type.INT,
                        10,
                        Range.between(3, 10),
                        Importance.LOW,
                        "Queue mode: most deliveries of one scan. On the last but one it is not tried any more and becomes a "
                                + "dead letter (deliveries-exhausted); the last is for a worker that dies while it writes that.")
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
                        0L,
                        Range.between(0, 60_000),
                        Importance.LOW,
                        "Longest time an idle engine leaves a batch that is not full. 0 takes what is there at once: "
                                + "batches fill up by themselves while the engine is busy.")
                .define(
                        BATCHES_IN_FLIGHT,
                        Type.INT,
                        3,
                        Range.between(1, 64),
                        Importance.LOW,
                        "Batches that exist at once: one with the engine, the others full or filling, so that "
                                + "the engine never waits for Kafka.")
                .define(
                        ROUTINE_LEAST_SHARE,
                        Type.DOUBLE,
                        BatchLimits.DEFAULT_ROUTINE_LEAST_SHARE,
                        Range.between(0.01, 0.9),
                        Importance.LOW,
                        "Least share of ROUTINE scans among those the engine takes while ROUTINE scans wait, however many "
                                + "STAT scans there are. Otherwise a STAT scan is always in the next batch.")
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
                        AutoClassifiers.NAME,
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Engine that runs the network: tensorrt, onnxruntime-tensorrt, onnxruntime or pytorch. \"auto\" "
                                + "takes the first of them that works on a GPU, else the faster of the last two on the "
                                + "processor, says so in the log and keeps it as long as the worker runs. \"none\" runs "
                                + "no network at all: for measuring the host side. \"ctstream engine list\" shows what "
                                + "is available.")
                .define(
                        ENGINE_DEVICE,
                        Type.STRING,
                        AutoClassifiers.NAME,
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Device: cpu, gpu or gpu:N. A device that is named and missing stops the start. \"auto\" takes the "
                                + "first GPU if the engine runs on it, else the processor.")
                .define(
                        ENGINE_FALLBACK,
                        Type.STRING,
                        "fail",
                        ValidString.in("fail", "warn"),
                        Importance.MEDIUM,
                        "What happens at the start if the engine or device that is named does not work: \"fail\" stops, "
                                + "\"warn\" goes on as if it were \"auto\", with a warning in the log. Nothing changes the "
                                + "engine of a worker that runs.")
                .define(
                        ENGINE_PRECISION,
                        Type.STRING,
                        "fp32",
                        ValidString.in("fp32", "fp16"),
                        Importance.MEDIUM,
                        "Arithmetic of the network. Half precision is for GPUs, and moves probabilities by up to 0.005. An "
                                + "engine that does not have it refuses to start.")
                .define(
                        ENGINE_THREADS,
                        Type.INT,
                        0,
                        Range.between(0, 1_024),
                        Importance.MEDIUM,
                        "Threads inside the engine on a CPU, over all its sessions; 0 lets the engine decide.")
                .define(
                        ENGINE_SESSIONS,
                        Type.INT,
                        0,
                        Range.between(0, 1_024),
                        Importance.MEDIUM,
                        "Parts of a batch that are computed at the same time; 0 lets the engine decide. An engine that "
                                + "computes one after the other refuses more than 1.")
                .define(
                        ENGINE_SLICES_PER_RUN,
                        Type.INT,
                        0,
                        Range.between(0, 1_024),
                        Importance.LOW,
                        "Most scans a session computes at once, larger batches in parts; 0 lets the engine decide. An engine "
                                + "that never divides a batch refuses anything else.")
                .define(
                        ENGINE_CACHE,
                        Type.STRING,
                        "ctstream-data/engine-cache",
                        Importance.MEDIUM,
                        "Folder for what an engine builds once for this machine and reads again at the next start, such as "
                                + "TensorRT's engines. Empty for none.")
                .define(
                        EMBEDDING_PUBLISH,
                        Type.BOOLEAN,
                        true,
                        Importance.LOW,
                        "Whether results carry the scan's embedding, one byte a feature (1,664 for DenseNet169), where engine "
                                + "and network give one. Without it the review page shows no similar cases, and drift is seen "
                                + "in probabilities alone.")
                .define(
                        CRASH_JOURNAL,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "Folder in which the worker notes what its engine has at the moment. After a process that ended in the "
                                + "middle, the next one with the same instance.name runs those scans alone, and makes one a dead "
                                + "letter that ended three processes alone. Empty for none.")
                .define(
                        GATE_MODE,
                        Type.STRING,
                        "on",
                        ValidString.in("off", "watch", "on"),
                        Importance.HIGH,
                        "What is done about scans that do not look like chest CT slices. \"on\": their results are "
                                + "INDETERMINATE with the reason, and raise no alert. \"watch\": they are only counted "
                                + "(ctstream_gate_scans_total), for the first days with a new scanner. \"off\": they are not "
                                + "looked for.")
                .define(
                        GATE_PARAMETERS,
                        Type.STRING,
                        "",
                        Importance.LOW,
                        "File of what chest CT slices look like, made with \"ctstream model gate fit\" from a site's own. "
                                + "Empty takes what the program brings along.")
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
