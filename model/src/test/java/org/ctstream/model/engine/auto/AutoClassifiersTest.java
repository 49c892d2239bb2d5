package org.ctstream.model.engine.auto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ctstream.model.TestReleases;
import org.ctstream.model.classify.Availability;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.plan.PlanException;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.WeightsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoClassifiersTest {
    private static final Device GPU = new Device.Gpu(0);
    private static final EngineOptions OPTIONS = EngineOptions.defaults().withMaxBatch(2);

    private final StoredRelease release =
            new StoredRelease(TestReleases.release("1.0.0", TestReleases.weights()), Path.of("not read"));
    private final List<Selection> selections = new ArrayList<>();

    @Test
    void firstThatWorksIsChosenAndEveryOtherHasItsReason() {
        var absent = new FakeEngine("tensorrt").missing("no driver");
        var broken = new FakeEngine("onnxruntime")
                .failsToOpenWith(new ClassifierException.Unavailable("CUDA is of another version", null));
        var working = new FakeEngine("pytorch");
        var later = new FakeEngine("onnxruntime");

        try (Classifier classifier = auto(absent.on(GPU), broken.on(GPU), working.on(GPU), later.on(Device.CPU))
                .open(release, OPTIONS)) {
            assertThat(classifier.engine().engine()).isEqualTo("pytorch");
            assertThat(classifier.engine().device()).isEqualTo(GPU);
        }

        assertThat(selections).singleElement().satisfies(selection -> {
            assertThat(selection.why()).isEqualTo("the first of the order that works here");
            assertThat(selection.others())
                    .extracting(Selection.NotChosen::toString)
                    .containsExactly(
                            "tensorrt on gpu-0 (no driver; install tensorrt)",
                            "onnxruntime on gpu-0 (CUDA is of another version)",
                            "onnxruntime on cpu (comes later in the order)");
            assertThat(selection.isFallback()).isFalse();
        });
        assertThat(absent.opened()).isZero();
        assertThat(later.opened()).isZero();
    }

    @Test
    void fasterOfTwoThatAreEquallyWelcomeIsChosenAndTheOtherClosed() {
        var slow = new FakeEngine("onnxruntime").takesMillisPerSlice(20);
        var fast = new FakeEngine("pytorch").takesMillisPerSlice(2);
        var auto = auto(List.of(List.of(slow.on(Device.CPU), fast.on(Device.CPU))));

        try (Classifier classifier = auto.open(release, OPTIONS)) {
            assertThat(classifier.engine().engine()).isEqualTo("pytorch");
            assertThat(slow.open()).isZero();
            assertThat(fast.open()).isOne();
        }

        assertThat(selections.get(0).why()).contains("ms a slice in batches of 2");
        assertThat(selections.get(0).othersText()).startsWith("onnxruntime on cpu (slower, 2");
    }

    @Test
    void overloadedMachineIsNotMeasuredForLongerThanTheTrialTook() {
        var slow = new FakeEngine("onnxruntime").takesMillisPerSlice(700);
        var fast = new FakeEngine("pytorch").takesMillisPerSlice(100);
        long begin = System.nanoTime();

        auto(List.of(List.of(slow.on(Device.CPU), fast.on(Device.CPU))))
                .open(release, OPTIONS)
                .close();

        assertThat(System.nanoTime() - begin).isBetween(1_600_000_000L, 5_000_000_000L);
        assertThat(selections.get(0).chosen().engine()).isEqualTo("pytorch");
    }

    @ParameterizedTest
    @CsvSource({"10.0, 9.8, 0", "10.0, 9.0, 1", "9.0, 10.0, 0"})
    void differenceThatMayBeNoiseLeavesTheChoiceToTheOrder(double first, double second, int expected) {
        assertThat(Race.fastest(List.of(first, second))).isEqualTo(expected);
    }

    @Test
    void engineThatFailsOnItsFirstSliceIsClosedAndNotChosen() {
        var broken = new FakeEngine("onnxruntime")
                .failsToClassifyWith(new ClassifierException.EngineFailure("no kernel image", null));
        var working = new FakeEngine("pytorch");

        try (Classifier classifier =
                auto(broken.on(GPU), working.on(Device.CPU)).open(release, OPTIONS)) {
            assertThat(classifier.engine().device()).isEqualTo(Device.CPU);
        }

        assertThat(broken.opened()).isOne();
        assertThat(broken.open()).isZero();
        assertThat(selections.get(0).othersText()).contains("no kernel image");
    }

    @Test
    void failureOfWhatIsAvailableIsTroubleAndLackOfAPlanOrOfAnOptionIsNot() {
        var plan = new PlanException.Missing("no plan for this GPU", "make one", null);

        assertThat(isTrouble(
                        new ClassifierException.OutOfMemory("no memory left", new IllegalStateException("cudaMalloc"))))
                .isTrue();
        assertThat(isTrouble(new IllegalStateException("cuDNN"))).isTrue();
        assertThat(isTrouble(new ClassifierException.Unavailable("no plan", plan)))
                .isFalse();
        assertThat(isTrouble(new IllegalArgumentException("no fp16"))).isFalse();
    }

    private boolean isTrouble(RuntimeException failure) {
        var order = new SearchOrder(
                "auto",
                List.of(
                        List.of(new FakeEngine("tensorrt")
                                .failsToOpenWith(failure)
                                .on(GPU)),
                        List.of(new FakeEngine("onnxruntime").on(Device.CPU))));
        EngineSearch.Found found = new EngineSearch(order).open(release, OPTIONS);
        found.classifier().close();
        return found.afterFailure();
    }

    @Test
    void choiceStaysForLaterReleasesAlsoWhenItCannotOpenOne() {
        var chosen = new FakeEngine("onnxruntime");
        var other = new FakeEngine("pytorch");
        var auto = auto(chosen.on(Device.CPU), other.on(Device.CPU));
        auto.open(release, OPTIONS).close();
        chosen.failsToOpenWith(new ClassifierException.Unavailable("driver gone", null));

        assertThatThrownBy(() -> auto.open(release, OPTIONS))
                .isInstanceOf(ClassifierException.Unavailable.class)
                .hasMessage("driver gone");
        assertThat(other.opened()).isZero();
        assertThat(selections).hasSize(1);
    }

    @Test
    void nothingThatWorksIsAnErrorWithEachReason() {
        var absent = new FakeEngine("tensorrt").missing("no driver");
        var refusing = new FakeEngine("pytorch").failsToOpenWith(new IllegalArgumentException("no fp16"));

        assertThatThrownBy(() -> auto(absent.on(GPU)).open(release, OPTIONS))
                .isInstanceOf(ClassifierException.Unavailable.class)
                .hasMessageContaining("tensorrt on gpu-0 (no driver; install tensorrt)")
                .hasMessageContaining("engine list");
        assertThatThrownBy(() -> auto(absent.on(GPU), refusing.on(Device.CPU)).open(release, OPTIONS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pytorch on cpu (no fp16)");
        assertThat(selections).isEmpty();
    }

    @Test
    void damagedWeightsAreNoReasonToTryAnotherEngine() {
        var working = new FakeEngine("onnxruntime");
        var reading = new FakeEngine("pytorch").failsToOpenWith(new WeightsException.Unreadable("cut off", null));
        var auto = auto(List.of(List.of(working.on(Device.CPU), reading.on(Device.CPU))));

        assertThatThrownBy(() -> auto.open(release, OPTIONS)).isInstanceOf(WeightsException.Unreadable.class);
        assertThat(working.opened()).isOne();
        assertThat(working.open()).isZero();
    }

    @Test
    void releaseThatCannotBeOpenedDecidesNothing() {
        var engine = new FakeEngine("pytorch").failsToOpenWith(new IllegalArgumentException("unknown architecture"));
        var auto = auto(engine.on(Device.CPU));
        assertThatThrownBy(() -> auto.open(release, OPTIONS)).isInstanceOf(IllegalArgumentException.class);

        auto(new FakeEngine("pytorch").on(Device.CPU)).open(release, OPTIONS).close();

        assertThat(selections).hasSize(1);
    }

    @Test
    void availableIfOneOfThemIs() {
        var absent = new FakeEngine("tensorrt").missing("no driver");

        assertThat(auto(absent.on(GPU)).availability(GPU)).isInstanceOf(Availability.Missing.class);
        assertThat(auto(absent.on(GPU), new FakeEngine("pytorch").on(GPU)).availability(GPU))
                .isEqualTo(new Availability.Available("", "one of pytorch on gpu-0"));
    }

    private AutoClassifiers auto(Candidate... candidates) {
        return auto(Arrays.stream(candidates).map(List::of).toList());
    }

    private AutoClassifiers auto(List<List<Candidate>> tiers) {
        return new AutoClassifiers(device -> new SearchOrder("auto", tiers), selections::add);
    }
}
