package org.ctstream.ingest.topology;

import java.time.Duration;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.ctstream.ingest.run.Retries;
import org.ctstream.ingest.run.TaskWatch;
import org.ctstream.schemas.avro.RecordPosition;
import org.ctstream.schemas.topic.Lane;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.event.EventHeaders;
import org.ctstream.service.metrics.Metrics;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One task's step: forwards a normalized record, or throws what {@link DeadLetterHandler} turns into a dead letter, or
 * what ends the thread. For one thread, as Kafka Streams promises.
 */
final class NormalizeProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Logger log = LoggerFactory.getLogger(NormalizeProcessor.class);
    private static final Duration PULSE = Duration.ofSeconds(1);

    private final Lane lane;
    private final ScanPipeline pipeline;
    private final Retries retries;
    private final TaskWatch watch;
    private final Lulls lulls;
    private final Metrics metrics;
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private String task = "";

    NormalizeProcessor(
            Lane lane, ScanPipeline pipeline, Retries retries, TaskWatch watch, Lulls lulls, Metrics metrics) {
        this.lane = lane;
        this.pipeline = pipeline;
        this.retries = retries;
        this.watch = watch;
        this.lulls = lulls;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> given) {
        context = given;
        // Each lane numbers its tasks by itself.
        task = lane.word() + " " + given.taskId();
        watch.moved(task);
        given.schedule(PULSE, PunctuationType.WALL_CLOCK_TIME, now -> watch.moved(task));
    }

    @Override
    public void process(Record<byte[], byte[]> received) {
        watch.moved(task);
        if (lulls.isOne()) {
            // Kafka Streams commits when this record is through, rather than at the next interval.
            context().commit();
        }
        try {
            NormalizedRecord normalized = retries.call(
                    task,
                    () -> pipeline.run(
                            received.key(),
                            received.value(),
                            received.headers(),
                            context()
                                    .recordMetadata()
                                    .map(NormalizeProcessor::position)
                                    .orElse(null)));
            context()
                    .forward(
                            // With our own time: that of a scan from an archive could be past its topic's retention.
                            received.withValue(normalized.value())
                                    .withHeaders(normalized.headers())
                                    .withTimestamp(context().currentSystemTimeMs()),
                            IngestTopology.sink(normalized.lane()));
            metrics.scans(Stage.NORMALIZE, "normalized").increment();
            at(log.atDebug(), received.headers())
                    .addKeyValue("scanId", normalized.scanId())
                    .log("Scan normalized");
        } catch (PoisonRecordException e) {
            // What the task waited for answered: this record is bad in itself.
            watch.goesOn(task);
            metrics.deadLettered(e.stage(), e.reason());
            at(log.atWarn(), received.headers())
                    .addKeyValue("stage", e.stage().word())
                    .addKeyValue("reason", e.reason())
                    .addKeyValue("field", e.field())
                    .log("Scan becomes a dead letter");
            throw e;
        } finally {
            lulls.done();
        }
    }

    @Override
    public void close() {
        watch.left(task);
    }

    private ProcessorContext<byte[], byte[]> context() {
        if (context == null) {
            throw new IllegalStateException("Kafka Streams calls init before process");
        }
        return context;
    }

    private static RecordPosition position(RecordMetadata metadata) {
        return new RecordPosition(metadata.topic(), metadata.partition(), metadata.offset());
    }

    private LoggingEventBuilder at(LoggingEventBuilder event, Headers headers) {
        RecordMetadata metadata = context().recordMetadata().orElse(null);
        LoggingEventBuilder traced = event.addKeyValue("traceId", EventHeaders.traceId(headers));
        return metadata == null
                ? traced
                : traced.addKeyValue("topic", metadata.topic())
                        .addKeyValue("partition", metadata.partition())
                        .addKeyValue("offset", metadata.offset());
    }
}
