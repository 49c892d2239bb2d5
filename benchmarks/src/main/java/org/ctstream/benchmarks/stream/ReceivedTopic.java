package org.ctstream.benchmarks.stream;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.ctstream.benchmarks.input.EncodedScans;
import org.ctstream.cli.CliException;
import org.ctstream.cli.connect.Connection;
import org.ctstream.publisher.PublishListener;
import org.ctstream.publisher.PublishSettings;
import org.ctstream.publisher.Receipt;
import org.ctstream.publisher.Refusal;
import org.ctstream.publisher.ScanPublisher;
import org.ctstream.schemas.avro.Priority;

/** Fills the topic of received scans, as publishers do. */
final class ReceivedTopic {
    private ReceivedTopic() {}

    /** Publishes so many scans, the given ones again and again, and returns once the broker has them. */
    static void fill(Connection connection, EncodedScans scans, int count) {
        Queue<String> refused = new ConcurrentLinkedQueue<>();
        var listener = new PublishListener() {
            @Override
            public void published(Receipt receipt) {
                // Flushing tells.
            }

            @Override
            public void refused(Refusal refusal) {
                refused.add(refusal.reason());
            }
        };
        try (var publisher = ScanPublisher.open(
                connection.publishTarget(), PublishSettings.of("benchmark", Priority.ROUTINE), listener)) {
            for (int i = 0; i < count; i++) {
                publisher.publish(scans.get(i).input());
            }
            publisher.flush();
        }
        if (!refused.isEmpty()) {
            throw CliException.failure("A scan could not be published: " + refused.peek(), null);
        }
    }
}
