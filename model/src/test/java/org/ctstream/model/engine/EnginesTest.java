package org.ctstream.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ctstream.model.TestReleases;
import org.ctstream.model.classify.Availability;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.ClassifierFactory;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.engine.auto.Candidate;
import org.ctstream.model.engine.auto.FakeEngine;
import org.ctstream.model.engine.auto.Selection;
import org.ctstream.model.engine.tensorrt.TensorRtClassifiers;
import org.ctstream.model.release.StoredRelease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnginesTest {
    private static final Device GPU = new Device.Gpu(0);

    private final Engines engines = Engines.standard();
    private final StoredRelease release =
            new StoredRelease(TestReleases.release("1.0.0", TestReleases.weights()), Path.of("not read"));
    private final List<Selection> selections = new ArrayList<>();

    @Test
    void standardEnginesAreFoundByName() {
        assertThat(engines.engineNames())
                .containsExactly("none", "onnxruntime", "onnxruntime-tensorrt", "pytorch", "tensorrt");
        assertThat(engines.names()).contains("auto").containsAll(engines.engineNames());
        assertThat(engines.names())
                .allSatisfy(name -> assertThat(engines.named(name)).isNotNull());
    }

    @ParameterizedTest
    @CsvSource({"pytorhc, pytorch", "PyTorch, pytorch", "non, none", "aut, auto"})
    void misspeltEngineIsRefusedSuggestingTheLikeliest(String written, String meant) {
        assertThatThrownBy(() -> engines.named(written))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unknown engine '" + written + "', expected one of [auto, ")
                .hasMessageContaining("did you mean " + meant + "?");
    }

    @Test
    void unlikeNameIsRefusedWithoutASuggestion() {
        assertThatThrownBy(() -> engines.named("openvino"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(engines.names().toString());
    }

    @Test
    void autoTriesAcceleratorsBeforeTheProcessorAndNeverTheEngineWithoutANetwork() {
        Engines gone = engines(name -> new Availability.Missing("gone", "fetch it"), OPEN);

        assertThatThrownBy(() -> open(gone.choose("auto", "auto")))
                .isInstanceOf(ClassifierException.Unavailable.class)
                .hasMessageContaining(
                        "tensorrt on gpu-0 (gone; fetch it); onnxruntime-tensorrt on gpu-0 (gone; fetch it);"
                                + " onnxruntime on gpu-0 (gone; fetch it); pytorch on gpu-0 (gone; fetch it);"
                                + " onnxruntime on cpu (gone; fetch it); pytorch on cpu (gone; fetch it)")
                .hasMessageNotContaining("none on");
    }

    @Test
    void autoTakesTensorRtOnlyWithAPlan() {
        var tensorRt = new TensorRtClassifiers();

        List<List<Candidate>> tiers = EngineOrder.of(Map.of("tensorrt", tensorRt), List.of(GPU));

        assertThat(tiers).containsExactly(List.of(new Candidate("tensorrt", tensorRt.withPlansOnly(), GPU)));
        assertThat(tensorRt.withPlansOnly()).isNotSameAs(tensorRt);
    }

    @Test
    void autoOnADeviceTriesThatDeviceAlone() {
        assertThat(opened(engines(WORKS, OPEN).choose("auto", "cpu"))).endsWith(" on cpu");
        assertThat(opened(engines(WORKS, OPEN).choose("auto", "gpu:3"))).isEqualTo("tensorrt on gpu-3");
        EngineOptions onGpu = EngineOptions.defaults().withDevice(new Device.Gpu(2));
        try (Classifier classifier = engines(WORKS, OPEN).named("auto").open(release, onGpu)) {
            assertThat(classifier.engine().device()).hasToString("gpu-2");
        }
    }

    @Test
    void namedEngineOnAnyDevicePrefersTheGpu() {
        assertThat(opened(engines(WORKS, OPEN).choose("pytorch", "auto"))).isEqualTo("pytorch on gpu-0");
        assertThat(opened(engines(WORKS, device -> device.equals(GPU) ? "no CUDA" : "")
                        .choose("pytorch", "AUTO")))
                .isEqualTo("pytorch on cpu");
    }

    @Test
    void namedEngineThatIsNotThereFailsUnlessAnotherMayServe() {
        Engines onlyProcessors = engines(WORKS, device -> device.equals(GPU) ? "no CUDA" : "");

        assertThatThrownBy(() -> open(onlyProcessors.choose("pytorch", "gpu")))
                .isInstanceOf(ClassifierException.Unavailable.class)
                .hasMessage("no CUDA");
        assertThat(selections).isEmpty();
        assertThat(opened(onlyProcessors.choose("tensorrt", "gpu", EngineFallback.WARN, selections::add)))
                .endsWith(" on cpu");
        assertThat(selections).singleElement().satisfies(selection -> {
            assertThat(selection.isFallback()).isTrue();
            assertThat(selection.text())
                    .contains("instead of tensorrt on gpu-0")
                    .contains("; not taken: tensorrt on gpu-0 (no CUDA)");
        });
    }

    @Test
    void deviceThatIsNotThereIsAFallbackAlsoWhereAnyEngineWillDo() {
        Engines onlyProcessors = engines(WORKS, device -> device.equals(GPU) ? "no CUDA" : "");

        assertThatThrownBy(() -> open(onlyProcessors.choose("auto", "gpu")))
                .isInstanceOf(ClassifierException.Unavailable.class);
        assertThat(opened(onlyProcessors.choose("auto", "gpu", EngineFallback.WARN, selections::add)))
                .endsWith(" on cpu");
        assertThat(selections)
                .singleElement()
                .satisfies(selection -> assertThat(selection.isFallback()).isTrue());
    }

    @Test
    void deviceThatIsNoneIsRefused() {
        assertThatThrownBy(() -> engines.choose("auto", "tpu"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unknown device 'tpu'");
    }

    private interface Opening {
        /** Why it cannot be opened there; empty if it can. */
        String problem(Device device);
    }

    private interface There {
        Availability of(String engine);
    }

    private static final Opening OPEN = device -> "";
    private static final There WORKS = engine -> new Availability.Available("1", "");

    /** All engines by their names, as fakes. */
    private static Engines engines(There there, Opening opening) {
        Map<String, ClassifierFactory> byName = new LinkedHashMap<>();
        for (String name : List.of("none", "pytorch", "onnxruntime", "onnxruntime-tensorrt", "tensorrt")) {
            var fake = new FakeEngine(name);
            byName.put(name, new ClassifierFactory() {
                @Override
                public Classifier open(StoredRelease release, EngineOptions options) {
                    String problem = opening.problem(options.device());
                    if (!problem.isEmpty()) {
                        throw new ClassifierException.Unavailable(problem, null);
                    }
                    return fake.open(release, options);
                }

                @Override
                public Availability availability(Device device) {
                    return there.of(name);
                }
            });
        }
        return new Engines(byName);
    }

    private Classifier open(EngineChoice choice) {
        return choice.factory().open(release, choice.on(EngineOptions.defaults()));
    }

    private String opened(EngineChoice choice) {
        try (Classifier classifier = open(choice)) {
            return classifier.engine().engine() + " on " + classifier.engine().device();
        }
    }
}
