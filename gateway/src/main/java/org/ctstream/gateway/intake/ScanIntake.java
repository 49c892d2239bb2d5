package org.ctstream.gateway.intake;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.ctstream.gateway.pdu.Uids;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.dicom.DicomIdentity;
import org.ctstream.publisher.PublishSpan;
import org.ctstream.publisher.ScanRecords;
import org.ctstream.publisher.claims.ScanPayloads;
import org.ctstream.publisher.privacy.Deidentifier;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.service.tracing.OpenStep;
import org.ctstream.service.tracing.Tracing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes an object's patient out of it, publishes it, and waits for Kafka's acknowledgement. Whatever is not an
 * acknowledgement is a refusal; an object whose acknowledgement got lost is sent again and becomes the same scan id.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class ScanIntake implements ScanStore {
    private static final Logger log = LoggerFactory.getLogger(ScanIntake.class);
    private static final String MEDIA_TYPE = "application/dicom";

    private final Deidentifier privacy;
    private final RepeatableScanIds scanIds;
    private final ScanPayloads payloads;
    private final ScanRecords records;
    private final Producer<String, ScanReceived> producer;
    private final Tracing tracing;
    private final Duration patience;

    /**
     * @param producer with {@code acks=all}, closed by whoever opened it
     * @param patience how long to wait for an acknowledgement; longer than the producer itself does
     */
    public ScanIntake(
            Deidentifier privacy,
            RepeatableScanIds scanIds,
            ScanPayloads payloads,
            ScanRecords records,
            Producer<String, ScanReceived> producer,
            Tracing tracing,
            Duration patience) {
        this.privacy = privacy;
        this.scanIds = scanIds;
        this.payloads = payloads;
        this.records = records;
        this.producer = producer;
        this.tracing = tracing;
        this.patience = patience;
    }

    @Override
    public Outcome store(ReceivedObject object) {
        Deidentifier.Prepared prepared;
        try {
            prepared = privacy.prepareWithIdentity(object.file());
        } catch (ScanDecodeException e) {
            return notUnderstood(object, e);
        }
        Optional<Outcome> mismatch = mismatch(object, prepared.identity());
        if (mismatch.isPresent()) {
            return mismatch.get();
        }
        byte[] content = prepared.scan().content();
        if (!payloads.takes(content.length)) {
            return new Outcome.Refused(Reason.TOO_LARGE, "does not fit a record, and there is no claim store");
        }
        String scanId = scanIds.of(object.announced().sopInstanceUid(), content);
        try {
            Object payload = payloads.of(content);
            return send(object, scanId, prepared, payload);
        } catch (IOException e) {
            return unavailable(scanId, "the claim store", e);
        }
    }

    private Outcome send(ReceivedObject object, String scanId, Deidentifier.Prepared prepared, Object payload) {
        try {
            var record = records.of(scanId, object.source(), object.priority(), MEDIA_TYPE, prepared.scan(), payload);
            acknowledged(record);
            return new Outcome.Stored(scanId);
        } catch (ExecutionException e) {
            return failed(scanId, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | RuntimeException e) {
            // A registry that is away is seen while the value is encoded, before there is a future.
            return failed(scanId, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(scanId, e);
        }
    }

    private void acknowledged(ProducerRecord<String, ScanReceived> record)
            throws ExecutionException, TimeoutException, InterruptedException {
        OpenStep step = PublishSpan.begin(tracing, record);
        try {
            var unused = producer.send(record).get(patience.toMillis(), TimeUnit.MILLISECONDS);
            step.done(Instant.now());
        } catch (ExecutionException | TimeoutException | InterruptedException | RuntimeException e) {
            step.failed(Instant.now(), e);
            throw e;
        }
    }

    private static Outcome failed(String scanId, Throwable failure) {
        if (failure instanceof RecordTooLargeException) {
            return new Outcome.Refused(Reason.TOO_LARGE, "does not fit a record of the topic");
        }
        if (failure instanceof InterruptException) {
            Thread.currentThread().interrupt();
        }
        return unavailable(scanId, "Kafka", failure);
    }

    private static Outcome unavailable(String scanId, String what, Throwable failure) {
        log.atWarn()
                .addKeyValue("scanId", scanId)
                .addKeyValue("reason", failure.getClass().getSimpleName() + ": " + failure.getMessage())
                .log("An object was not acknowledged; its sender is told to try again");
        return new Outcome.Refused(Reason.UNAVAILABLE, what + " did not acknowledge; try again later");
    }

    private static Outcome notUnderstood(ReceivedObject object, ScanDecodeException e) {
        log.atWarn()
                .addKeyValue("source", object.source())
                .addKeyValue("reason", e.getMessage())
                .log("An object was refused: it cannot be told what it says of a patient");
        Reason reason = e.reason() == ScanDecodeException.Reason.UNSUPPORTED_TRANSFER_SYNTAX
                ? Reason.TRANSFER_SYNTAX
                : Reason.NOT_UNDERSTOOD;
        return new Outcome.Refused(reason, e.reason() + " " + e.field());
    }

    private static Optional<Outcome> mismatch(ReceivedObject object, Optional<DicomIdentity> identity) {
        Optional<String> instance =
                identity.flatMap(DicomIdentity::sopInstanceUid).map(Uids::unpadded);
        if (!instance.equals(Optional.of(object.announced().sopInstanceUid()))) {
            return Optional.of(
                    new Outcome.Refused(Reason.MISMATCH, "SOPInstanceUID (0008,0018) is not the announced one"));
        }
        Optional<String> study =
                identity.flatMap(DicomIdentity::studyInstanceUid).map(Uids::unpadded);
        if (object.studyUid().isPresent() && !study.equals(object.studyUid())) {
            return Optional.of(
                    new Outcome.Refused(Reason.OTHER_STUDY, "StudyInstanceUID (0020,000D) is not that of the request"));
        }
        return Optional.empty();
    }
}
