package org.ctstream.benchmarks.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.ctstream.benchmarks.measure.Calls;
import org.ctstream.benchmarks.measure.Interleaved;
import org.ctstream.benchmarks.measure.Sample;
import org.ctstream.benchmarks.measure.Samples;
import org.ctstream.benchmarks.measure.Trial;
import org.ctstream.model.classify.Heatmap;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.model.graph.Graph;
import org.ctstream.model.graph.Node;
import org.ctstream.model.graph.Port;
import org.ctstream.model.network.Recording;
import org.ctstream.model.onnx.OnnxExport;
import org.ctstream.model.onnx.OnnxModel;
import org.ctstream.model.onnx.OnnxOptions;
import org.ctstream.model.release.StoredRelease;

/** What heatmaps cost: the same graph with and without its evidence, and the map made of the evidence. */
final class HeatmapCost {
    private static final String WITH = "with evidence";
    private static final String WITHOUT = "without evidence";
    private static final int MAPS = 20_000;
    private static final Duration LENGTH = Duration.ofMillis(1_500);

    private HeatmapCost() {}

    /** Share of a batch's time, with evidence and map, that goes into them; empty if the network has no evidence. */
    static List<Double> shares(
            StoredRelease release, SliceBatch batch, int threads, int repetitions, Consumer<String> told)
            throws Exception {
        OnnxModel with = OnnxExport.of(release, OnnxOptions.cpu().withoutEmbedding());
        if (with.heatmap().isEmpty()) {
            return List.of();
        }
        var arrangement = new PlainOnnxRuntime.Arrangement(threads, 1, 0);
        var without = new OnnxModel(withoutEvidence(with.graph()), with.options());
        double maps = millisOfMap(with.heatmap().get()) * batch.size();
        try (var contestants = new Contestants()) {
            Map<String, Trial> trials = new LinkedHashMap<>();
            for (var contestant : List.of(
                    contestants.add(new PlainOnnxRuntime(WITH, with.bytes(), arrangement)),
                    contestants.add(new PlainOnnxRuntime(WITHOUT, without.bytes(), arrangement)))) {
                trials.put(contestant.name(), () -> Calls.medianMillis(LENGTH, () -> contestant.run(batch)));
            }
            Samples millis = Interleaved.run(repetitions, trials, told);
            Sample withoutOverWith = millis.ratio(WITHOUT, WITH);
            double mapsOverWith = maps / millis.of(WITH).median();
            return withoutOverWith.values().stream()
                    .map(ratio -> 1 - ratio + mapsOverWith)
                    .toList();
        }
    }

    /** The graph without what only the evidence needs. */
    static Graph withoutEvidence(Graph graph) {
        List<Port> outputs = graph.outputs().stream()
                .filter(port -> !port.name().equals(Recording.EVIDENCE))
                .toList();
        Set<String> needed = new HashSet<>(outputs.stream().map(Port::name).toList());
        List<Node> kept = new ArrayList<>();
        for (int i = graph.nodes().size() - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            if (needed.contains(node.output())) {
                needed.addAll(node.inputs());
                kept.add(0, node);
            }
        }
        return new Graph(graph.inputs(), kept, graph.constants(), outputs);
    }

    private static double millisOfMap(OnnxModel.MapSize size) throws Exception {
        float[] evidence = new float[size.rows() * size.columns()];
        for (int i = 0; i < evidence.length; i++) {
            evidence[i] = i - evidence.length / 2f;
        }
        return Calls.medianMillis(Duration.ofMillis(200), () -> {
                    for (int i = 0; i < MAPS; i++) {
                        Heatmap.ofEvidence(size.rows(), size.columns(), evidence, 0);
                    }
                })
                / MAPS;
    }
}
