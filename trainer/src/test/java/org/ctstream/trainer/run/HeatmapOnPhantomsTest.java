package org.ctstream.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.ctstream.imaging.augment.AugmentationSettings;
import org.ctstream.imaging.phantom.Phantom;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.ctstream.imaging.slice.SliceNormalizer;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.Heatmap;
import org.ctstream.model.classify.Prediction;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.engine.Engines;
import org.ctstream.model.release.Lineage;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.Weights;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.dataset.Datasets;
import org.ctstream.trainer.dataset.Split;
import org.ctstream.trainer.network.OneThread;
import org.ctstream.trainer.optimize.AdamW;
import org.ctstream.trainer.phase.PhaseListener;
import org.ctstream.trainer.phase.SmallPhase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network that has learnt what the planted opacities look like must point at them. */
class HeatmapOnPhantomsTest {
    private static final int SIDE = 112;
    private static final int PAIRS = 48;
    private static final int FIRST_UNSEEN = 10_000;
    private static final int UNSEEN = 24;
    /** As much heat everywhere. */
    private static final Heatmap EVEN = new Heatmap(1, 1, List.of(1f));

    @TempDir
    private static Path folder;

    private static StoredRelease release;

    @BeforeAll
    static void train() throws IOException {
        OneThread.load();
        Dataset dataset = Datasets.fromCsv(
                Map.of(
                        Split.TRAIN, List.of(write("train", 0, PAIRS)),
                        Split.VALIDATION, List.of(write("validation", 1_000, 8))),
                folder.resolve("cache"));
        Weights weights = new TrainingRun(
                        folder.resolve("run"),
                        List.of(SmallPhase.classification()
                                .name("pretrain")
                                .side(SIDE)
                                .augmentation(AugmentationSettings.none())
                                .rule(new AdamW(0))
                                .rate(0.008)
                                .batches(16, 16)
                                .epochs(18)
                                .build()),
                        dataset,
                        InitialState.RANDOM,
                        new RunSettings(3, false, Device.cpu(), 1, "v1"),
                        new PhaseListener() {})
                .run()
                .get(0)
                .best();
        var statistics = dataset.statistics(Split.TRAIN);
        release = new ModelStore(folder.resolve("store"))
                .save(release(weights, statistics.mean(), statistics.standardDeviation()), weights);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pytorch", "onnxruntime"})
    void heatLiesOnThePlantedOpacity(String engine) {
        int positive = 0;
        int hit = 0;
        double heatOnOpacities = 0;
        double areaOfOpacities = 0;
        try (Classifier classifier = Engines.standard()
                .named(engine)
                .open(release, EngineOptions.defaults().withThreads(1).withMaxBatch(1))) {
            for (int seed = FIRST_UNSEEN; seed < FIRST_UNSEEN + UNSEEN; seed++) {
                Phantom phantom = new PhantomSlices(SIDE).generate(seed, true);
                Prediction prediction = classify(classifier, phantom);
                if (prediction.probability().orElseThrow() >= release.release().threshold()) {
                    Heatmap map = prediction.heatmap().orElseThrow();
                    positive++;
                    hit += isHottestPlaceOnOpacity(map, phantom) ? 1 : 0;
                    heatOnOpacities += shareOnOpacities(map, phantom);
                    areaOfOpacities += shareOnOpacities(EVEN, phantom);
                }
            }
        }

        assertThat(positive).as("slices called positive").isGreaterThanOrEqualTo(UNSEEN / 3);
        assertThat(hit).as("of %d hottest places", positive).isGreaterThanOrEqualTo((int) (0.8 * positive));
        assertThat(heatOnOpacities).isGreaterThan(4 * areaOfOpacities);
    }

    private static Prediction classify(Classifier classifier, Phantom phantom) {
        var batch = new SliceBatch(1, SIDE, SIDE);
        batch.add(new SliceNormalizer().normalize(phantom.toGreySlice(), SIDE).pixels());
        return classifier.classify(batch).get(0);
    }

    /** Whether there is an opacity within one cell of the map round the middle of the hottest. */
    private static boolean isHottestPlaceOnOpacity(Heatmap map, Phantom phantom) {
        int hottest = map.values().indexOf(Collections.max(map.values()));
        int cell = SIDE / map.rows();
        int row = hottest / map.columns() * cell + cell / 2;
        int column = hottest % map.columns() * cell + cell / 2;
        boolean[] mask = phantom.opacityMask();
        for (int r = Math.max(0, row - cell); r < Math.min(SIDE, row + cell); r++) {
            for (int c = Math.max(0, column - cell); c < Math.min(SIDE, column + cell); c++) {
                if (mask[r * SIDE + c]) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Part of the map's heat that lies on opacities. */
    private static double shareOnOpacities(Heatmap map, Phantom phantom) {
        boolean[] mask = phantom.opacityMask();
        double on = 0;
        double all = 0;
        for (int i = 0; i < mask.length; i++) {
            int row = i / SIDE * map.rows() / SIDE;
            int column = i % SIDE * map.columns() / SIDE;
            float heat = map.values().get(row * map.columns() + column);
            all += heat;
            on += mask[i] ? heat : 0;
        }
        return on / all;
    }

    private static Path write(String name, int firstSeed, int pairs) throws IOException {
        Path images = Files.createDirectories(folder.resolve(name));
        var list = new StringBuilder("path,label\n");
        for (int seed = firstSeed; seed < firstSeed + pairs; seed++) {
            for (boolean opacities : new boolean[] {true, false}) {
                String file = seed + (opacities ? "-opacities.png" : ".png");
                Files.write(
                        images.resolve(file),
                        new PhantomSlices(SIDE).generate(seed, opacities).toPng());
                list.append(file).append(opacities ? ",COVID\n" : ",NON_COVID\n");
            }
        }
        return Files.writeString(images.resolve("list.csv"), list);
    }

    private static ModelRelease release(Weights weights, double mean, double deviation) {
        return new ModelRelease(
                "phantoms",
                "1",
                "For tests.",
                "small-cnn",
                weights.sha256(),
                SIDE,
                SIDE,
                Collections.nCopies(3, mean),
                Collections.nCopies(3, deviation),
                List.of("negative", "positive"),
                0.5,
                true,
                Map.of(),
                new Lineage(Map.of(), 3, "test", ""),
                Instant.EPOCH);
    }
}
