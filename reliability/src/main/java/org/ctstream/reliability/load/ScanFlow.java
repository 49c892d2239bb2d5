package org.ctstream.reliability.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.ctstream.benchmarks.input.EncodedScans;
import org.ctstream.cli.connect.Connection;
import org.ctstream.publisher.PublishListener;
import org.ctstream.publisher.PublishSettings;
import org.ctstream.publisher.Receipt;
import org.ctstream.publisher.Refusal;
import org.ctstream.publisher.ScanPublisher;
import org.ctstream.schemas.avro.Priority;

/**
 * Publishes scans as a PACS does, every tenth of them urgent, and writes down which the brokers have acknowledged: in a
 * file, so that a run which is stopped can go on.
 *
 * <h2>Thread safety</h2>
 * Publishing is for one thread; the counts may be asked for by any.
 */
public final class ScanFlow implements AutoCloseable {
    private static final int URGENT_EVERY = 10;

    private final EncodedScans scans;
    private final Writer file;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private final ScanPublisher routine;
    private final ScanPublisher urgent;
    private long sent;

    private ScanFlow(Connection connection, EncodedScans scans, Path acknowledgements) throws IOException {
        this.scans = scans;
        if (Files.exists(acknowledgements)) {
            acknowledged.addAll(Files.readAllLines(acknowledgements));
        }
        this.sent = acknowledged.size();
        this.file = Files.newBufferedWriter(acknowledgements, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        var listener = new PublishListener() {
            @Override
            public void published(Receipt receipt) {
                note(receipt.scanId());
            }

            @Override
            public void refused(Refusal refusal) {
                refused.add(refusal.reason());
            }
        };
        this.routine = ScanPublisher.open(
                connection.publishTarget(), PublishSettings.of("reliability", Priority.ROUTINE), listener);
        this.urgent = ScanPublisher.open(
                connection.publishTarget(), PublishSettings.of("reliability", Priority.STAT), listener);
    }

    /** @param acknowledgements one scan id a line; what is in it already counts as published */
    public static ScanFlow open(Connection connection, EncodedScans scans, Path acknowledgements) {
        try {
            return new ScanFlow(connection, scans, acknowledgements);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot use " + acknowledgements, e);
        }
    }

    /** Sends further scans; waits only while too much is under way. */
    public void publish(int count) {
        for (int i = 0; i < count; i++, sent++) {
            ScanPublisher lane = sent % URGENT_EVERY == 0 ? urgent : routine;
            String unused =
                    lane.publish(scans.get((int) (sent % Integer.MAX_VALUE)).input());
        }
    }

    /** Waits until the brokers have acknowledged everything. */
    public void flush() {
        routine.flush();
        urgent.flush();
    }

    /** Scans sent, those of an earlier run that were acknowledged included. */
    public long sent() {
        return sent;
    }

    /** Ids of the scans that a broker has said it has. */
    public Set<String> acknowledged() {
        return new HashSet<>(acknowledged);
    }

    /** Why scans could not be published; they may have arrived all the same. */
    public List<String> refused() {
        return List.copyOf(refused);
    }

    @Override
    public void close() {
        routine.close();
        urgent.close();
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void note(String scanId) {
        acknowledged.add(scanId);
        synchronized (file) {
            try {
                file.write(scanId + "\n");
                file.flush();
            } catch (IOException e) {
                refused.add("cannot write down what was acknowledged: " + e);
            }
        }
    }
}
