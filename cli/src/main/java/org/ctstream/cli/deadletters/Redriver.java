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
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.ctstream.cli.CliException;
import org.ctstream.cli.connect.Connection;
import org.ctstream.schemas.avro.LetterRedriven;
import org.ctstream.schemas.serde.Serializers;
import org.ctstream.schemas.topic.Topic;

/**
 * Sends letters back and writes the audit of it, both in one transaction, a few letters at a time.
 *
 * <p>There is one transactional id for all redrives of a cluster: whoever begins a redrive ends an earlier one that still
 * runs, before reading its marks. So two people at once never send the same letter twice, and what a redrive that was
 * broken off had open is as if it had never been.
 */
final class Redriver implements AutoCloseable {
    private static final String TRANSACTIONAL_ID = "ctstream-redrive";
    private static final int LETTERS_PER_TRANSACTION = 20;
    private static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;
    private final Serializer<LetterRedriven> audits;
    private final Asker asker;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Consumer<AuditLine> printed;
    private final List<AuditLine> open = new ArrayList<>();
    private final List<Future<RecordMetadata>> sends = new ArrayList<>();
    private long openSince;

    /**
     * @param nanoTime usually {@code System::nanoTime}
     * @param printed hears of each letter once it is committed
     */
    Redriver(
            Producer<byte[], byte[]> producer,
            Serializer<LetterRedriven> audits,
            Asker asker,
            Clock clock,
            LongSupplier nanoTime,
            Consumer<AuditLine> printed) {
        this.producer = producer;
        this.audits = audits;
        this.asker = asker;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.printed = printed;
        producer.initTransactions();
    }

    static Redriver open(Connection connection, Asker asker, Consumer<AuditLine> printed) {
        Map<String, Object> config = connection.producer();
        int largest = Topic.SCAN_RECEIVED.spec().maxMessageBytes();
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, TRANSACTIONAL_ID);
        // Headers may make a redriven record larger than its topic allows; the broker decides, not the client.
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * largest);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 4L * largest);
        return new Redriver(
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()),
                Serializers.valueSerializer(connection.serializers()),
                asker,
                Clock.systemUTC(),
                System::nanoTime,
                printed);
    }

    void send(RedriveDecision.Send send) {
        byte[] audit = audit(send);
        begin();
        sends.add(producer.send(send.record()));
        note(send, audit);
    }

    /** Sends nothing, and writes down that it was asked for. */
    void refuse(RedriveDecision.Refuse refusal) {
        byte[] audit = audit(refusal);
        begin();
        note(refusal, audit);
    }

    /** Commits what has been open for a while: readers of the topics wait for it, and the broker would end it. */
    void commitIfDue() {
        if (!open.isEmpty() && nanoTime.getAsLong() - openSince >= LONGEST_TRANSACTION.toNanos()) {
            commit();
        }
    }

    /** Commits what is open; only then is it printed. */
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
        open.forEach(printed);
        open.clear();
        sends.clear();
    }

    @Override
    public void close() {
        producer.close(LONGEST_TRANSACTION);
        audits.close();
    }

    private byte[] audit(RedriveDecision decision) {
        // Before a transaction is begun: the registry may be away.
        return audits.serialize(Topic.AUDIT_REDRIVEN.topicName(), RedriveRecords.of(decision, asker, clock.instant()));
    }

    private void begin() {
        if (open.isEmpty()) {
            producer.beginTransaction();
            openSince = nanoTime.getAsLong();
        }
    }

    private void note(RedriveDecision decision, byte[] audit) {
        byte[] key = decision.letter().about().scanId().getBytes(UTF_8);
        sends.add(producer.send(new ProducerRecord<>(Topic.AUDIT_REDRIVEN.topicName(), key, audit)));
        open.add(AuditLine.of(decision, clock.instant(), true));
        if (open.size() >= LETTERS_PER_TRANSACTION) {
            commit();
        }
        commitIfDue();
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
                        + ". None of them is sent; what was printed before is. Choose others with --scan-id or --cause.",
                cause);
    }
}
