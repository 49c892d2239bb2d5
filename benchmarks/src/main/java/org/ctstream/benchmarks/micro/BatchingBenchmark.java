package org.ctstream.benchmarks.micro;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.ctstream.benchmarks.cluster.NormalizedTopic;
import org.ctstream.imaging.slice.GreySlice;
import org.ctstream.imaging.slice.SliceNormalizer;
import org.ctstream.model.classify.SliceBatch;
import org.ctstream.schemas.avro.ScanNormalized;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The pixels of 32 scans into an engine's buffer, as the worker makes a batch, beside a bare copy. */
@State(Scope.Benchmark)
public class BatchingBenchmark {
    private static final int SIZE = 32;
    private static final int SIDE = SliceNormalizer.SIDE;

    private final SliceBatch batch = new SliceBatch(SIZE, SIDE, SIDE);
    private final ByteBuffer memory = ByteBuffer.allocateDirect(SIZE * SIDE * SIDE);
    private final List<ScanNormalized> scans = IntStream.range(0, SIZE)
            .mapToObj(i -> NormalizedTopic.scan("scan-" + i, new GreySlice(SIDE, SIDE, new byte[SIDE * SIDE])))
            .toList();

    /** For JMH. */
    public BatchingBenchmark() {}

    @Benchmark
    public SliceBatch fill() {
        batch.clear();
        for (ScanNormalized scan : scans) {
            batch.add(scan.getPixels());
        }
        return batch;
    }

    @Benchmark
    public ByteBuffer fillBaseline() {
        memory.clear();
        for (ScanNormalized scan : scans) {
            memory.put(scan.getPixels().array());
        }
        return memory;
    }
}
