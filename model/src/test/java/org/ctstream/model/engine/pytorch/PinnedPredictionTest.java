package org.ctstream.model.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.network.DenseNet;
import org.ctstream.model.network.DenseNetLayout;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.untrained.UntrainedRelease;
import org.ctstream.model.weights.SafeTensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole DenseNet169 on weights and slices made by formula. The expected logits are those of torchvision's own
 * {@code densenet169(num_classes=2)} on the same file, which these numbers were compared with when they were pinned.
 */
class PinnedPredictionTest {
    private static final int SIDE = 224;
    private static final float TOLERANCE = 1e-4f;

    @TempDir
    Path folder;

    @Test
    void logitsAreTorchvisions() {
        StoredRelease stored = UntrainedRelease.in(new ModelStore(folder));
        SliceBatch batch = new SliceBatch(2, SIDE, SIDE);
        batch.add(stripes());
        batch.add(rings());

        try (PyTorchClassifier classifier = PyTorchClassifier.open(
                new DenseNet(DenseNetLayout.denseNet169(2)),
                stored.release(),
                SafeTensors.read(stored.weights()),
                EngineOptions.defaults())) {
            assertThat(classifier.logits(batch))
                    .containsExactly(new float[] {12.159600f, 5.852447f, 3.423564f, 3.223631f}, within(TOLERANCE));
            assertThat(classifier.classify(batch).get(1).probability().orElseThrow())
                    .isCloseTo(0.450182, within((double) TOLERANCE));
        }
    }

    /** Diagonal stripes whose period changes over the slice. */
    private static byte[] stripes() {
        byte[] pixels = new byte[SIDE * SIDE];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                pixels[y * SIDE + x] = (byte) ((7 * y + 13 * x + x * y / 16) % 256);
            }
        }
        return pixels;
    }

    /** Dark ellipses in a grey one, a caricature of a chest. */
    private static byte[] rings() {
        byte[] pixels = new byte[SIDE * SIDE];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int u = Math.abs(x - 112);
                int v = y - 112;
                boolean body = u * u * 9 + v * v * 16 < 90_000;
                boolean lung = (u - 45) * (u - 45) * 4 + v * v < 2_500;
                pixels[y * SIDE + x] = (byte) (lung ? 40 + (x * y) % 9 : body ? 180 : 0);
            }
        }
        return pixels;
    }
}
