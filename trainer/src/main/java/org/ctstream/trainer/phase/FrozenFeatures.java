package org.ctstream.trainer.phase;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
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
 * What the frozen stages make of a fixed set of samples, computed once and kept on disk: float32 (H, W, C) per sample, or
 * (features) where the last pooling is among these stages, one after another.
 *
 * <p>Reading is thread-safe. The file's name holds a digest of all it depends on, and it gets its name when it is whole.
 */
final class FrozenFeatures implements Rendering, AutoCloseable {
    private static final String FILES = "frozen-*";
    private static final int FILL_BATCH = 16;
    private static final int IMAGE_AXES = 4;

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
            if (!Files.exists(file) || Files.size(file) != rows.size() * bytes(shape)) {
                fill(file, network, pixels, List.copyOf(samples), rows, shape, threads, listener);
            }
            return new FrozenFeatures(FileChannel.open(file, StandardOpenOption.READ), shape, rows);
        } catch (IOException e) {
            throw new CheckpointException(
                    "cannot keep the frozen stages' outputs in " + file + " (" + ((rows.size() * bytes(shape)) >> 20)
                            + " MiB): " + e + "; make room, or set frozen.copies to a smaller number",
                    e);
        }
    }

    /** Deletes what was kept for a phase that is over: gigabytes that nothing will ask for. */
    static void deleteIn(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, FILES)) {
            for (Path file : files) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new CheckpointException(
                    "cannot delete the frozen stages' outputs in " + folder + ": " + e + "; delete them by hand", e);
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
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, position + bytes.position()) < 0) {
                    throw new EOFException("the file ends within row " + row + ", start the run again");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the frozen stages' outputs: " + e.getMessage(), e);
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
        } catch (IOException | RuntimeException e) {
            // What lacks room for the whole must not take up the room there is.
            Files.deleteIfExists(part);
            throw e;
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static ByteBuffer prefix(TrainingNetwork network, Batch batch) {
        try (NDManager scope = network.manager().newSubManager();
                NDArray input = network.input(batch.values(), batch.shape(), scope);
                NDArray output = network.run(input, 0, network.firstTrainable(), false);
                NDArray channelsLast = channelsLast(output)) {
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
            return channelsLast(output).getShape().slice(1);
        }
    }

    private static NDArray channelsLast(NDArray output) {
        return output.getShape().dimension() == IMAGE_AXES ? output.transpose(0, 2, 3, 1) : output;
    }

    private static long bytes(Shape shape) {
        return shape.size() * Float.BYTES;
    }
}
