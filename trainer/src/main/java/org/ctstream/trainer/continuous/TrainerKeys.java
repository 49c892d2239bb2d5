package org.ctstream.trainer.continuous;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.trainer.dataset.DatasetKeys;
import org.ctstream.trainer.run.TrainKeys;

/** The trainer's own configuration keys, beside those of a run and of the data set. */
public final class TrainerKeys {
    public static final String FOLDER = "trainer.folder";
    public static final String MODEL_STORE = "model.store";
    public static final String RELEASE_NAME = "trainer.release.name";
    public static final String NEW_LABELS = "trainer.new.labels";
    public static final String MAX_WAIT_MS = "trainer.max.wait.ms";
    public static final String POLL_INTERVAL_MS = "trainer.poll.interval.ms";
    public static final String PROMOTE = "trainer.promote";
    public static final String PROMOTE_MARGIN = "trainer.promote.margin";
    public static final String KEEP_RUNS = "trainer.keep.runs";

    private static final int DEFAULT_HTTP_PORT = 8093;
    /** Beyond any difference of two areas under a curve: never. */
    private static final double NEVER = 2;

    private TrainerKeys() {}

    public static ConfigDef def() {
        ConfigDef def = DatasetKeys.define(TrainKeys.addTo(CommonKeys.def(DEFAULT_HTTP_PORT)));
        addWhen(def);
        addWhat(def);
        return def;
    }

    private static void addWhen(ConfigDef def) {
        def.define(
                        NEW_LABELS,
                        Type.INT,
                        100,
                        Range.atLeast(1),
                        Importance.HIGH,
                        "Training images that are new or labelled otherwise since the last training, from which on the"
                                + " trainer trains again.")
                .define(
                        MAX_WAIT_MS,
                        Type.LONG,
                        0L,
                        Range.atLeast(0),
                        Importance.HIGH,
                        "Longest time one new label waits for others before the trainer trains with fewer than "
                                + NEW_LABELS + "; 0 for as long as it takes.")
                .define(
                        POLL_INTERVAL_MS,
                        Type.LONG,
                        60_000L,
                        Range.between(100, 86_400_000),
                        Importance.MEDIUM,
                        "How often the trainer looks for new labels while it does not train.");
    }

    private static void addWhat(ConfigDef def) {
        def.define(
                        FOLDER,
                        Type.STRING,
                        "ctstream-data/trainer",
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Folder of the trainer's state and of its runs, each in runs/<version>; for one trainer alone.")
                .define(
                        MODEL_STORE,
                        Type.STRING,
                        "ctstream-data/models",
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Folder of the model store, which has the releases by name and version; the workers' own.")
                .define(
                        RELEASE_NAME,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "Name of the line of releases; empty takes the architecture's. The version is the time at which"
                                + " the training began.")
                .define(
                        PROMOTE,
                        Type.BOOLEAN,
                        false,
                        Importance.HIGH,
                        "Whether the trainer promotes a release to production by itself if it is better by "
                                + PROMOTE_MARGIN + "; otherwise a person does, with \"ctstream model promote\".")
                .define(
                        PROMOTE_MARGIN,
                        Type.DOUBLE,
                        0.01,
                        Range.between(-1, NEVER),
                        Importance.HIGH,
                        "By how much the candidate's validation AUC must be above that of the release in production at"
                                + " least, both measured on the same images with the serving engine.")
                .define(
                        KEEP_RUNS,
                        Type.INT,
                        3,
                        Range.between(1, 1_000),
                        Importance.LOW,
                        "Folders of finished or given-up runs to keep, the newest ones: curves, histories and"
                                + " checkpoints.");
    }
}
