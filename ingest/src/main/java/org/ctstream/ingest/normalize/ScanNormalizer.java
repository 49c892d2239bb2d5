package org.ctstream.ingest.normalize;

import io.micrometer.core.instrument.Timer;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.decode.DecodedScan;
import org.ctstream.imaging.decode.ScanDecoder;
import org.ctstream.imaging.slice.GreySlice;
import org.ctstream.imaging.slice.SliceNormalizer;
import org.ctstream.imaging.slice.SliceStatistics;
import org.ctstream.schemas.avro.ImageStatistics;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.fetch.Payload;

/**
 * Makes the normalized scan of a received one: decode, pseudonyms, resize to 224 × 224.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads; each call holds the encoded bytes and up to 10 bytes per pixel.
 */
public final class ScanNormalizer {
    private final ScanDecoder decoder;
    private final SliceNormalizer slices = new SliceNormalizer();
    private final Identities identities;
    private final Timer decodeTimer;
    private final Clock clock;

    /**
     * @param identities what happens to the identifiers in a DICOM header
     * @param decodeTimer gets the time of each decode and resize, successful or not
     */
    public ScanNormalizer(DecodeLimits limits, Identities identities, Timer decodeTimer, Clock clock) {
        this.decoder = new ScanDecoder(limits);
        this.identities = identities;
        this.decodeTimer = decodeTimer;
        this.clock = clock;
    }

    /** @throws PoisonRecordException if the payload is no scan that can be decoded within the limits */
    public ScanNormalized normalize(ScanReceived scan, Payload payload) {
        Timer.Sample sample = Timer.start();
        try {
            DecodedScan decoded = decoder.decode(payload.content());
            GreySlice slice = slices.normalize(decoded.slice());
            return event(scan, payload, decoded, slice);
        } catch (ScanDecodeException e) {
            throw new PoisonRecordException(
                    Stage.DECODE,
                    e.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    e.field(),
                    "Cannot decode the scan: " + e.field() + ": " + e.detail() + ".",
                    e.remedy() + ".",
                    e);
        } catch (RuntimeException e) {
            // The decoder promises none. If it breaks its promise, then for these bytes and every time: stopping the
            // service would stop it again at each start.
            throw new PoisonRecordException(
                    Stage.DECODE,
                    "decoder-error",
                    "payload",
                    "The decoder failed on the scan's bytes: " + e.getClass().getName() + ".",
                    "report it with the stack trace in this dead letter's headers; redrive after an update.",
                    e);
        } finally {
            sample.stop(decodeTimer);
        }
    }

    private ScanNormalized event(ScanReceived scan, Payload payload, DecodedScan decoded, GreySlice slice) {
        Identity identity = identities.of(scan, decoded.dicom());
        SliceStatistics statistics = slice.statistics();
        return ScanNormalized.newBuilder()
                .setScanId(scan.getScanId())
                .setStudyUid(identity.studyUid())
                .setSeriesUid(identity.seriesUid())
                .setInstanceUid(identity.instanceUid())
                .setPatientRef(identity.patientRef())
                .setSource(scan.getSource())
                .setAcquiredAt(identity.acquiredAt())
                .setReceivedAt(scan.getReceivedAt())
                .setNormalizedAt(Instant.now(clock).truncatedTo(ChronoUnit.MILLIS))
                .setPriority(scan.getPriority())
                .setHeight(slice.height())
                .setWidth(slice.width())
                .setPixels(ByteBuffer.wrap(slice.pixels()))
                .setSourceDigest(payload.sha256())
                .setSourceFormat(decoded.format().name())
                .setPreprocessingVersion(SliceNormalizer.PREPROCESSING_VERSION)
                .setStatistics(new ImageStatistics(
                        statistics.mean(), statistics.standardDeviation(), statistics.min(), statistics.max()))
                .build();
    }
}
