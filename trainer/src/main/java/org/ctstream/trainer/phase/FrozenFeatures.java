package org.ctstream.trainer.phase;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ctstream.trainer.checkpoint.CheckpointException;
import org.ctstream.trainer.feed.Batch;
import org.ctstream.trainer.feed.BatchFeed;
import org.ctstream.trainer.feed.PixelRendering;
import org.ctstream.trainer.feed.Rendering;
import org.ctstream.trainer.feed.Sample;
import org.ctstream.trainer.network.TrainingNetwork;

/**
 * What the frozen stages make of a fixed set of samples, computed once and kept on disk: float32 (H, W, C) per sample, one
 * after another.
 *
 * <p>Reading is thread-safe. The file's name holds a digest of all it depends on, and it gets its name when it is whole.
 */
final class FrozenFeatures implements Rendering, AutoCloseable {
    private static final int FILL_BATCH = 16;

    private final FileChannel channel;
    private final Shape shape;
    private final Map<Sample, Integer> rows;

    private FrozenFeatures(FileChannel channel, Shape shape, Map<Sample, Integer> rows) {
        this.channel = channel;
        this.shape = shape;
        this.rows = rows;
    }

    /**
     * Opens the file, making it first if it is not there.
     *
     * @param name the file's name, different for different weights, samples and settings
     * @param samples all samples that will be asked for
     * @throws CheckpointException if the disk has no room for it
     */
    static FrozenFeatures in(
            Path folder,
            String name,
            TrainingNetwork network,
            PixelRendering pixels,
            List<Sample> samples,
            int threads,
            PhaseListener listener) {
        Path file = folder.resolve(name);
        Shape shape = shapeOf(network, pixels);
        Map<Sample, Integer> rows = new HashMap<>();
        samples.forEach(sample -> rows.putIfAbsent(sample, rows.size()));
        try {
            Files.createDirectories(folder);
            if (!Files.exists(file)) {
                fill(file, network, pixels, List.copyOf(samples), rows, shape, threads, listener);
            }
            return new FrozenFeatures(FileChannel.open(file, StandardOpenOption.READ), shape, rows);
        } catch (IOException e) {
            throw new CheckpointException(
                    "cannot keep the frozen stages' outputs in " + file + " (" + (rows.size() * bytes(shape) >> 20)
                            + " MiB): " + e + "; make room, or set frozen.copies to a smaller number",
                    e);
        }
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public void render(Sample sample, FloatBuffer target) {
        Integer row = rows.get(sample);
        if (row == null) {
            throw new IllegalStateException(
                    "a sample that was not foreseen: image " + sample.image().digest());
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(bytes(shape))).order(ByteOrder.nativeOrder());
        try {
            long position = row * bytes(shape);
            while (bytes.hasRemaining() && channel.read(bytes, position + bytes.position()) >= 0) {
                // read until full
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the frozen stages' outputs", e);
        }
        target.put(bytes.flip().asFloatBuffer());
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fill(
            Path file,
            TrainingNetwork network,
            PixelRendering pixels,
            List<Sample> samples,
            Map<Sample, Integer> rows,
            Shape shape,
            int threads,
            PhaseListener listener)
            throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        List<Sample> distinct = samples.stream().distinct().toList();
        try (FileChannel out = FileChannel.open(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
                BatchFeed feed = new BatchFeed(pixels, Slicing.parts(distinct, FILL_BATCH), 0, threads)) {
            int done = 0;
            while (feed.hasNext()) {
                Batch batch = feed.next();
                ByteBuffer values = prefix(network, batch);
                long position = rows.getOrDefault(batch.samples().get(0), 0) * bytes(shape);
                while (values.hasRemaining()) {
                    position += out.write(values, position);
                }
                done += batch.size();
                listener.frozenFeatures(done, distinct.size());
            }
            out.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static ByteBuffer prefix(TrainingNetwork network, Batch batch) {
        try (NDManager scope = network.manager().newSubManager();
                NDArray input = network.input(batch.values(), batch.shape(), scope);
                NDArray output = network.run(input, 0, network.firstTrainable(), false);
                NDArray channelsLast = output.transpose(0, 2, 3, 1)) {
            float[] values = channelsLast.toFloatArray();
            ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
            bytes.asFloatBuffer().put(values);
            return bytes;
        }
    }

    private static Shape shapeOf(TrainingNetwork network, PixelRendering pixels) {
        Shape one = pixels.shape();
        try (NDManager scope = network.manager().newSubManager();
                NDArray input = scope.zeros(new Shape(1, one.get(2), one.get(0), one.get(1)));
                NDArray output = network.run(input, 0, network.firstTrainable(), false)) {
            Shape nchw = output.getShape();
            return new Shape(nchw.get(2), nchw.get(3), nchw.get(1));
        }
    }

    private static long bytes(Shape shape) {
        return shape.size() * Float.BYTES;
    }
}
