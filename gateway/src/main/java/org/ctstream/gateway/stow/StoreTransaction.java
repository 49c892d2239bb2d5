package org.ctstream.gateway.stow;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.ctstream.gateway.intake.FileMeta;
import org.ctstream.gateway.intake.MemoryBudget;
import org.ctstream.gateway.intake.ObjectBuffer;
import org.ctstream.gateway.intake.Outcome;
import org.ctstream.gateway.intake.Reason;
import org.ctstream.gateway.intake.ReceivedObject;
import org.ctstream.gateway.intake.ScanStore;
import org.ctstream.gateway.metrics.GatewayMeters;
import org.ctstream.gateway.metrics.Protocol;
import org.ctstream.schemas.avro.Priority;

/**
 * Stores the instances of one request, one after the other, so that one of them is in memory at a time.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
final class StoreTransaction {
    private static final String DICOM = "application/dicom";
    private static final int BAD_REQUEST = 400;
    private static final int MOST_PARTS = 10_000;

    private final StowSettings settings;
    private final ScanStore store;
    private final MemoryBudget memory;
    private final GatewayMeters meters;

    StoreTransaction(StowSettings settings, ScanStore store, MemoryBudget memory, GatewayMeters meters) {
        this.settings = settings;
        this.store = store;
        this.memory = memory;
        this.meters = meters;
    }

    /**
     * Runs it.
     *
     * @param studyUid the study the request names, if it names one
     * @throws RequestException if the body is no multipart body, or over a limit
     */
    StoreReport run(InputStream body, String boundary, Optional<String> studyUid, Priority priority)
            throws IOException {
        var parts = new MultipartReader(body, boundary);
        var report = new StoreReport();
        for (Map<String, String> headers = parts.next(); headers != null; headers = parts.next()) {
            if (report.parts() == MOST_PARTS) {
                throw new RequestException(BAD_REQUEST, "More than " + MOST_PARTS + " parts; send fewer at once");
            }
            boolean dicom = MediaType.parse(headers.getOrDefault("content-type", DICOM))
                    .filter(type -> type.name().equals(DICOM))
                    .isPresent();
            if (dicom) {
                part(parts, report, studyUid, priority);
            } else {
                refuse(report, Reason.NOT_UNDERSTOOD);
            }
        }
        return report;
    }

    private void part(MultipartReader parts, StoreReport report, Optional<String> studyUid, Priority priority)
            throws IOException {
        try (var buffer = new ObjectBuffer(memory, settings.objectBytes())) {
            parts.body(buffer::append);
            meters.received(Protocol.STOW_RS, buffer.length());
            if (buffer.refused().isPresent()) {
                refuse(report, buffer.refused().get().reason());
                return;
            }
            byte[] file = buffer.whole();
            Optional<FileMeta> meta = FileMeta.of(file);
            if (meta.isEmpty()) {
                refuse(report, Reason.NOT_UNDERSTOOD);
                return;
            }
            report.add(meta.get(), outcome(file, meta.get(), studyUid, priority));
        }
    }

    private Outcome outcome(byte[] file, FileMeta meta, Optional<String> studyUid, Priority priority) {
        if (!settings.sopClasses().contains(meta.sopClassUid())) {
            return refused(Reason.SOP_CLASS);
        }
        if (!settings.transferSyntaxes().contains(meta.transferSyntaxUid())) {
            return refused(Reason.TRANSFER_SYNTAX);
        }
        return store.store(new ReceivedObject(file, meta, studyUid, settings.source(), priority, Protocol.STOW_RS));
    }

    private Outcome refused(Reason reason) {
        meters.object(Protocol.STOW_RS, reason.word());
        return new Outcome.Refused(reason, "");
    }

    private void refuse(StoreReport report, Reason reason) {
        meters.object(Protocol.STOW_RS, reason.word());
        report.addUnknown(reason);
    }
}
