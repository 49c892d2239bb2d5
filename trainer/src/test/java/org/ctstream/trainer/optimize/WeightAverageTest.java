package org.ctstream.trainer.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.Set;
import org.ctstream.model.weights.Weights;
import org.ctstream.trainer.network.OneThread;
import org.ctstream.trainer.network.TrainingNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WeightAverageTest {
    private TrainingNetwork network;

    @BeforeEach
    void open() {
        OneThread.load();
        network = TrainingNetwork.create("small-cnn", 2, 0, 1, Device.cpu());
        network.trainOnly(Set.of("fc"));
        set(0);
    }

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void keepsLittleOfTheOldAtFirstAndTheDecayAtMost() {
        try (WeightAverage average = new WeightAverage(network.manager(), network.moving(), 0.25)) {
            set(1);
            average.update();
            average.update();

            average.swap();

            // Kept: min(0.25, 2/11), then min(0.25, 3/12).
            double expected = 1 - (2.0 / 11) * 0.25;
            assertThat(bias()).isCloseTo((float) expected, within(1e-6f));
        }
    }

    @Test
    void swappingTwiceIsAsIfNothingHadHappened() {
        try (WeightAverage average = new WeightAverage(network.manager(), network.moving(), 0.9)) {
            set(3);
            average.update();
            Weights before = network.weights();

            average.swap();
            Weights averaged = network.weights();
            average.swap();

            assertThat(averaged).isNotEqualTo(before);
            assertThat(network.weights()).isEqualTo(before);
        }
    }

    @Test
    void goesOnFromASavedAverageToTheBit() {
        try (WeightAverage undisturbed = new WeightAverage(network.manager(), network.moving(), 0.9)) {
            set(1);
            undisturbed.update();
            undisturbed.swap();
            Weights saved = network.weights();
            undisturbed.swap();
            try (WeightAverage resumed = new WeightAverage(network.manager(), network.moving(), 0.9)) {
                resumed.restore(saved, 1);

                set(-2);
                undisturbed.update();
                resumed.update();

                undisturbed.swap();
                float expected = bias();
                undisturbed.swap();
                resumed.swap();
                assertThat(bias()).isEqualTo(expected);
            }
        }
    }

    @Test
    void frozenStagesAreNoPartOfIt() {
        Weights before = network.weights();
        try (WeightAverage average = new WeightAverage(network.manager(), network.moving(), 0.999)) {
            for (int i = 0; i < 100; i++) {
                average.update();
            }

            average.swap();

            before.tensors().forEach((name, tensor) -> {
                if (!name.startsWith("fc.")) {
                    assertThat(network.weights().tensor(name)).as(name).isEqualTo(tensor);
                }
            });
        }
    }

    private void set(float value) {
        network.moving().values().forEach(parameter -> {
            try (NDArray values = network.manager().full(parameter.getArray().getShape(), value)) {
                values.copyTo(parameter.getArray());
            }
        });
    }

    private float bias() {
        return network.weights().tensor("fc.bias").toFloats()[0];
    }
}
