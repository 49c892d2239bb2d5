package org.ctstream.model.onnx;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ctstream.model.graph.Graph;
import org.ctstream.model.graph.Port;
import org.ctstream.model.network.Recording;

/**
 * A network in ONNX.
 *
 * <p>Input {@value Recording#SLICES}: grey slices (N, H, W), 0 to 255. Outputs: {@value Recording#LOGITS}, float32 (N, 2),
 * negative and positive; and, if the architecture has a map, {@value Recording#EVIDENCE}, float32 (N, rows, columns), see
 * {@link org.ctstream.model.classify.Heatmap#ofEvidence}, and, if the options say so, {@value Recording#EMBEDDING}, float32
 * (N, features), see {@link org.ctstream.model.classify.Embedding#ofFeatures}.
 *
 * @param graph what is written
 * @param options for what it was written
 */
public record OnnxModel(Graph graph, OnnxOptions options) {
    /**
     * Size of a map.
     *
     * @param rows its rows
     * @param columns its columns
     */
    public record MapSize(int rows, int columns) {}

    /** Size of the evidence; empty if the network has none. */
    public Optional<MapSize> heatmap() {
        return shapeOf(Recording.EVIDENCE).map(OnnxModel::size);
    }

    /** Values of an embedding; 0 if the network or the file gives none. */
    public int embeddingLength() {
        return shapeOf(Recording.EMBEDDING)
                .map(shape -> Math.toIntExact(shape.get(1)))
                .orElse(0);
    }

    private Optional<List<Long>> shapeOf(String output) {
        return graph.outputs().stream()
                .filter(port -> port.name().equals(output))
                .map(Port::shape)
                .findFirst();
    }

    /** The file's content; made anew every time. */
    public byte[] bytes() {
        return OnnxWriter.model(graph).toByteArray();
    }

    /** Writes the file, in place of one that is there. */
    public void write(Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            OnnxWriter.model(graph).writeTo(out);
        }
    }

    private static MapSize size(List<Long> shape) {
        return new MapSize(Math.toIntExact(shape.get(1)), Math.toIntExact(shape.get(2)));
    }
}
