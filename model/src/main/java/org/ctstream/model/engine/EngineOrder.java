package org.ctstream.model.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ctstream.model.classify.ClassifierFactory;
import org.ctstream.model.classify.Device;
import org.ctstream.model.engine.auto.Candidate;
import org.ctstream.model.engine.onnxruntime.OnnxRuntimeClassifiers;
import org.ctstream.model.engine.pytorch.PyTorchClassifiers;
import org.ctstream.model.engine.tensorrt.TensorRtClassifiers;

/** In which order engines are tried where none is named: accelerators first, the faster of two on a processor. */
final class EngineOrder {
    private static final List<List<String>> ON_GPU = List.of(
            List.of(TensorRtClassifiers.NAME),
            List.of(OnnxRuntimeClassifiers.TENSORRT_NAME),
            List.of(OnnxRuntimeClassifiers.NAME),
            List.of(PyTorchClassifiers.NAME));
    private static final List<List<String>> ON_CPU =
            List.of(List.of(OnnxRuntimeClassifiers.NAME, PyTorchClassifiers.NAME));

    private EngineOrder() {}

    /** The tiers for these devices, without engines that are not among those given. */
    static List<List<Candidate>> of(Map<String, ClassifierFactory> engines, List<Device> devices) {
        List<List<Candidate>> tiers = new ArrayList<>();
        for (Device device : devices) {
            for (List<String> names : device instanceof Device.Gpu ? ON_GPU : ON_CPU) {
                List<Candidate> tier = names.stream()
                        .flatMap(name -> Stream.ofNullable(engines.get(name))
                                .map(factory -> new Candidate(name, withoutCompiling(factory), device)))
                        .toList();
                if (!tier.isEmpty()) {
                    tiers.add(tier);
                }
            }
        }
        return List.copyOf(tiers);
    }

    /** Nobody asked for minutes of compiling at every start and swap, while the next engine is there at once. */
    private static ClassifierFactory withoutCompiling(ClassifierFactory factory) {
        return factory instanceof TensorRtClassifiers tensorRt ? tensorRt.withPlansOnly() : factory;
    }
}
