package org.ctstream.reliability.load;

import java.util.List;
import java.util.stream.LongStream;
import org.ctstream.benchmarks.cluster.NormalizedTopic;
import org.ctstream.benchmarks.input.NormalizedSlices;
import org.ctstream.cli.connect.Connection;

/** Keeps workers busy: writes normalized scans so that always about as many wait. For one thread, but for the count. */
public final class NormalizedFlow implements AutoCloseable {
    private static final int STEP = 100;

    private final NormalizedTopic topic;
    private volatile long sent;

    public NormalizedFlow(Connection connection) {
        this.topic = new NormalizedTopic(connection, NormalizedSlices.of(GreyScans.of(32)));
    }

    /** Writes until so many wait, given how many are done. */
    public void keepAhead(long done, long ahead) {
        while (sent - done < ahead) {
            topic.publish(STEP);
            sent = topic.sent();
        }
    }

    /** Ids of all that were written. */
    public List<String> ids() {
        return LongStream.range(0, sent).mapToObj(i -> "scan-" + i).toList();
    }

    public long sent() {
        return sent;
    }

    @Override
    public void close() {
        topic.close();
    }
}
