package org.ctstream.worker.consume;

import io.micrometer.core.instrument.Timer;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.RetriableStageException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;
import org.ctstream.worker.batch.PendingScan;
import org.ctstream.worker.gate.ScanGate;

/** Decodes normalized scans one by one, so that an undecodable one spoils no other. */
public final class ScanDecoding {
    private final Deserializer<ScanNormalized> deserializer;
    private final ScanGate gate;
    private final Timer time;

    /**
     * @param gate measures each scan that is decoded
     * @param time gets the time of each decoding, successful or not
     */
    public ScanDecoding(Deserializer<ScanNormalized> deserializer, ScanGate gate, Timer time) {
        this.deserializer = deserializer;
        this.gate = gate;
        this.time = time;
    }

    /**
     * The scan, or the reason it is none.
     *
     * @throws RetriableStageException if the schema registry is away: the same record must be tried again
     * @throws StageException fatal if the registry refuses us
     */
    public PendingScan decode(ConsumerRecord<byte[], byte[]> record, long assignment) {
        return Objects.requireNonNull(time.record(() -> decoded(record, assignment)));
    }

    private PendingScan decoded(ConsumerRecord<byte[], byte[]> record, long assignment) {
        try {
            ScanNormalized scan = deserializer.deserialize(record.topic(), record.headers(), record.value());
            return scan == null
                    ? PendingScan.poisoned(record, assignment, noValue())
                    : PendingScan.decoded(record, assignment, scan).refused(gate.refusal(scan));
        } catch (RuntimeException e) {
            StageException failure = Failures.of(Stage.DESERIALIZE, e);
            if (failure instanceof PoisonRecordException poison) {
                return PendingScan.poisoned(record, assignment, poison);
            }
            throw failure;
        }
    }

    private static PoisonRecordException noValue() {
        return new PoisonRecordException(
                Stage.DESERIALIZE,
                "no-value",
                "value",
                "Cannot classify: the record has no value.",
                "publish scans with a value; this topic is not compacted and has no tombstones.",
                null);
    }
}
