package org.ctstream.cli.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.ctstream.cli.CliException;
import org.ctstream.cli.connect.Connection;
import org.ctstream.schemas.topic.Topic;

/**
 * Sends letters back and marks them, both in one transaction, a few letters at a time.
 *
 * <p>There is one transactional id for all redrives of a cluster: whoever begins a redrive ends an earlier one that still
 * runs, before reading its marks. So two people at once never send the same letter twice.
 */
final class Redriver implements AutoCloseable {
    private static final String TRANSACTIONAL_ID = "ctstream-redrive";
    private static final int LETTERS_PER_TRANSACTION = 20;
    private static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;
    private final Clock clock;
    private final Consumer<AuditLine> audit;
    private final List<AuditLine> open = new ArrayList<>();
    private final List<Future<RecordMetadata>> sends = new ArrayList<>();
    private long openSince;

    Redriver(Producer<byte[], byte[]> producer, Clock clock, Consumer<AuditLine> audit) {
        this.producer = producer;
        this.clock = clock;
        this.audit = audit;
        producer.initTransactions();
    }

    static Redriver open(Connection connection, Consumer<AuditLine> audit) {
        Map<String, Object> config = connection.producer();
        int largest = Topic.SCAN_RECEIVED.spec().maxMessageBytes();
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, TRANSACTIONAL_ID);
        // Headers may make a redriven record larger than its topic allows; the broker decides, not the client.
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * largest);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 4L * largest);
        return new Redriver(
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()),
                Clock.systemUTC(),
                audit);
    }

    void send(RedriveDecision.Send send) {
        if (open.isEmpty()) {
            producer.beginTransaction();
            openSince = clock.millis();
        }
        AuditLine line = AuditLine.of(send, clock.instant(), true);
        sends.add(producer.send(send.record()));
        sends.add(producer.send(new ProducerRecord<>(
                RedriveMarks.TOPIC,
                RedriveMarks.keyOf(send.letter()).getBytes(UTF_8),
                line.json().getBytes(UTF_8))));
        open.add(line);
        if (open.size() >= LETTERS_PER_TRANSACTION || clock.millis() - openSince >= LONGEST_TRANSACTION.toMillis()) {
            commit();
        }
    }

    /** Commits what is open; only then is it in the audit. */
    void commit() {
        if (open.isEmpty()) {
            return;
        }
        try {
            producer.flush();
            for (Future<RecordMetadata> sent : sends) {
                sent.get();
            }
            producer.commitTransaction();
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } catch (KafkaException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(e);
        }
        open.forEach(audit);
        open.clear();
        sends.clear();
    }

    @Override
    public void close() {
        producer.close(LONGEST_TRANSACTION);
    }

    private CliException failed(Throwable cause) {
        if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
            return CliException.failure(
                    "Another redrive has begun on this cluster and ended this one. What this one has printed is sent.",
                    cause);
        }
        List<String> letters = open.stream().map(AuditLine::letter).toList();
        try {
            producer.abortTransaction();
        } catch (KafkaException e) {
            cause.addSuppressed(e);
        }
        return CliException.failure(
                "Cannot send these letters back: " + letters + ". Kafka says: " + cause.getMessage()
                        + ". None of them is sent; what was printed before is. Choose others with --scan-id or --reason.",
                cause);
    }
}
