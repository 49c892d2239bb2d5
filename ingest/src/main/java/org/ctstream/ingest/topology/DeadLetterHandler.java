package org.ctstream.ingest.topology;

import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.ctstream.service.deadletter.DeadLetters;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;

/**
 * Hands Kafka Streams the dead letter of a record that can never pass; Streams sends it in the transaction that commits
 * the record's offset. Every other failure ends the thread with nothing committed.
 *
 * <p>Streams' own handler ({@code LogAndContinueProcessingExceptionHandler}) would dead-letter what should be tried
 * again, and its letters have no stage, reason or remedy. Made by Kafka Streams from the configuration, hence public.
 *
 * @see "KIP-1033, KIP-1034"
 */
public final class DeadLetterHandler implements ProcessingExceptionHandler {
    /** Poison is never tried twice: it was sorted so at its only attempt. */
    private static final int ATTEMPTS = 1;

    /** For Kafka Streams. */
    public DeadLetterHandler() {}

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception failure) {
        StageException sorted = Failures.of(Stage.NORMALIZE, failure);
        if (!(sorted instanceof PoisonRecordException)) {
            return Response.fail();
        }
        return Response.resume(List.of(DeadLetters.of(
                context.topic(),
                context.partition(),
                context.offset(),
                context.sourceRawKey(),
                context.sourceRawValue(),
                context.headers(),
                sorted,
                ATTEMPTS)));
    }
}
