package org.ctstream.model.engine.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Model;
import ai.djl.engine.EngineException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.Precision;
import org.ctstream.model.plan.Gpu;
import org.ctstream.model.plan.PlanKey;
import org.ctstream.model.plan.PlanSource;
import org.ctstream.model.plan.PlanStore;
import org.ctstream.model.plan.SmallReleases;
import org.ctstream.model.plan.StoredPlan;
import org.ctstream.model.plan.TensorRtVersion;
import org.ctstream.model.release.StoredRelease;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which file TensorRT is given; TensorRT itself is not there. */
class NetworkLoaderTest {
    private static final Gpu GPU = new Gpu("NVIDIA A10", "8.6", "535.161.08", false);

    private final List<Opened> opened = new ArrayList<>();
    private final NetworkLoader loader = new NetworkLoader(this::open, new Device.Gpu(1), true);
    private String refused = "nothing";

    @TempDir
    private Path folder;

    private PlanSource source;
    private PlanKey key;
    private PlanStore plans;

    @BeforeEach
    void storeARelease() {
        StoredRelease release = SmallReleases.save(folder);
        source = PlanSource.of(release, 2);
        key = source.key(GPU, TensorRtVersion.parse("8.6.1"), Precision.FP16);
        plans = new PlanStore(release, Clock.systemUTC());
    }

    @Test
    void fittingPlanIsLoadedAndNothingCompiled() throws Exception {
        StoredPlan plan = plans.save(key, file -> Files.writeString(file, "plan"));

        loader.load(source, key, plans);

        assertThat(opened).containsExactly(new Opened(plan.file(), "gpu(1)", Map.of(), 4));
    }

    @Test
    void withoutAPlanTheNetworkIsCompiledFromOnnxAndTheFileRemoved() throws Exception {
        loader.load(source, key, plans);

        assertThat(opened).singleElement().satisfies(one -> {
            assertThat(one.file().getFileName()).hasToString("network.onnx");
            assertThat(one.compilation()).containsExactlyEntriesOf(Map.of("fp16", "true"));
            assertThat(one.size()).isEqualTo(source.size());
            assertThat(one.file().getParent()).doesNotExist();
        });
    }

    @Test
    void loaderOfPlansOnlyCompilesNothing() throws Exception {
        NetworkLoader plansOnly = new NetworkLoader(this::open, new Device.Gpu(1), false);

        assertThatThrownBy(() -> plansOnly.load(source, key, plans))
                .isInstanceOf(ClassifierException.Unavailable.class)
                .hasMessageContaining("no plan for this GPU: there is none in ")
                .hasMessageContaining("make one with ctstream model plan");
        assertThat(opened).isEmpty();

        StoredPlan plan = plans.save(key, file -> Files.writeString(file, "plan"));
        plansOnly.load(source, key, plans);
        assertThat(opened).extracting(Opened::file).containsExactly(plan.file());
    }

    @Test
    void singlePrecisionAsksForNothingElse() throws Exception {
        loader.load(source, source.key(GPU, TensorRtVersion.parse("8.6.1"), Precision.FP32), plans);

        assertThat(opened)
                .singleElement()
                .satisfies(one -> assertThat(one.compilation()).isEmpty());
    }

    @Test
    void planThatTensorRtDoesNotTakeIsCompiledAnew() throws Exception {
        StoredPlan plan = plans.save(key, file -> Files.writeString(file, "plan"));
        refused = ".trt";

        loader.load(source, key, plans);

        assertThat(opened).extracting(Opened::file).hasSize(2).startsWith(plan.file());
        assertThat(opened.get(1).file().toString()).endsWith(".onnx");
    }

    @Test
    void networkThatCannotBeCompiledIsAnErrorAndLeavesNoFile() {
        refused = ".onnx";

        assertThatThrownBy(() -> loader.load(source, key, plans)).isInstanceOf(EngineException.class);

        assertThat(opened.get(0).file().getParent()).doesNotExist();
    }

    private Model open(Path file, ai.djl.Device device, Map<String, String> compilation) {
        opened.add(
                new Opened(file, device.toString(), compilation, file.toFile().length()));
        if (file.toString().endsWith(refused)) {
            throw new EngineException("Error deserializeCudaEngine");
        }
        return (Model) Proxy.newProxyInstance(
                Model.class.getClassLoader(), new Class<?>[] {Model.class}, (proxy, method, arguments) -> null);
    }

    private record Opened(Path file, String device, Map<String, String> compilation, long size) {}
}
