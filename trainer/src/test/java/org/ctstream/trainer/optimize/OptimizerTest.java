package org.ctstream.trainer.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ctstream.model.weights.Weights;
import org.ctstream.trainer.network.Gradients;
import org.ctstream.trainer.network.OneThread;
import org.ctstream.trainer.network.TrainingNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OptimizerTest {
    private static final UpdateRule MOMENTUM = new Sgd(0.9f, 0);

    private TrainingNetwork network;
    private SortedMap<String, Parameter> classifier;

    @BeforeEach
    void open() {
        OneThread.load();
        network = TrainingNetwork.create("small-cnn", 2, 0, 1, Device.cpu());
        network.trainOnly(Set.of("fc"));
        classifier = network.trainable();
    }

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void movesEveryTrainableParameterAndForgetsTheGradient() {
        try (Optimizer optimizer = new Optimizer(network.manager(), classifier, new Sgd(0, 0))) {
            float before = bias()[1];

            gradientOfOne();
            optimizer.step(0.5);
            float afterOne = bias()[1];
            optimizer.step(0.5);

            assertThat(afterOne).isEqualTo(before - 0.5f);
            assertThat(bias()[1]).isEqualTo(afterOne);
            assertThat(optimizer.updates()).isEqualTo(2);
        }
    }

    @Test
    void goesOnFromASavedStateToTheBit() {
        Weights state;
        try (Optimizer optimizer = new Optimizer(network.manager(), classifier, MOMENTUM)) {
            gradientOfOne();
            optimizer.step(0.1);
            state = optimizer.state();
            Weights middle = network.weights();
            gradientOfOne();
            optimizer.step(0.1);
            float[] undisturbed = bias();

            network.restore(middle);
            try (Optimizer resumed = new Optimizer(network.manager(), classifier, MOMENTUM)) {
                resumed.restore(state);
                gradientOfOne();
                resumed.step(0.1);

                assertThat(resumed.updates()).isEqualTo(2);
            }
            assertThat(bias()).isEqualTo(undisturbed);
        }
        assertThat(state.tensors()).containsOnlyKeys("fc.bias/velocity", "fc.weight/velocity");
    }

    @Test
    void stateOfAnotherRuleIsRefusedNamingBoth() {
        try (Optimizer optimizer = new Optimizer(network.manager(), classifier, MOMENTUM);
                Optimizer other = new Optimizer(network.manager(), classifier, new AdamW(0))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> other.restore(optimizer.state()))
                    .withMessageContainingAll("Sgd[momentum=0.9", "AdamW");
        }
    }

    @Test
    void parameterWithoutAGradientStaysAsItIs() {
        SortedMap<String, Parameter> all = new TreeMap<>(network.trainable());
        try (Optimizer optimizer = new Optimizer(network.manager(), all, MOMENTUM)) {
            Weights before = network.weights();

            optimizer.step(0.1);

            assertThat(network.weights()).isEqualTo(before);
        }
    }

    /** Adds one to the gradient of every element of the classifier. */
    private void gradientOfOne() {
        try (Gradients gradients = Gradients.on()) {
            for (Parameter parameter : classifier.values()) {
                try (NDArray sum = parameter.getArray().sum()) {
                    gradients.addOf(sum);
                }
            }
        }
    }

    private float[] bias() {
        return network.weights().tensor("fc.bias").toFloats();
    }
}
