package org.ctstream.trainer.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.ScanLabeled;
import org.ctstream.service.error.Failures;
import org.ctstream.service.error.PoisonRecordException;
import org.ctstream.service.error.Stage;
import org.ctstream.service.error.StageException;
import org.ctstream.service.fetch.Payload;
import org.ctstream.service.fetch.PayloadReader;
import org.ctstream.service.fetch.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * From the bytes of a record of {@code ct.scan.labeled} to a label, its image kept in the folder.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
final class LabelDecoder {
    private static final Pattern SCAN_ID = Pattern.compile("[A-Za-z0-9._:-]{1,200}");
    private static final int MAX_KEY_BYTES = 200;
    private static final int MAX_ORIGIN = 256;

    /** The origin of labels from the review page. */
    private static final String REVIEW = "review";

    private final Deserializer<ScanLabeled> deserializer;
    private final PayloadReader payloads;
    private final ImageFolder folder;

    LabelDecoder(Deserializer<ScanLabeled> deserializer, PayloadReader payloads, ImageFolder folder) {
        this.deserializer = deserializer;
        this.payloads = payloads;
        this.folder = folder;
    }

    /** @throws StageException if it is not the record's fault: the registry or the claim-check store is away */
    LabelOutcome decode(ConsumerRecord<byte[], byte[]> record) {
        @Nullable String scanId = scanId(record.key());
        String key =
                scanId != null ? scanId : "invalid:" + Sha256.hex(record.key() == null ? new byte[0] : record.key());
        if (record.value() == null) {
            return new LabelOutcome.Removed(key);
        }
        // An id that is none may be anything, so such a record goes by its place.
        String source = scanId != null ? scanId : record.topic() + "-" + record.partition() + "@" + record.offset();
        try {
            ScanLabeled labeled = deserialize(record);
            return isUnsure(labeled)
                    ? new LabelOutcome.Removed(key)
                    : new LabelOutcome.Labelled(key, label(record, scanId, labeled));
        } catch (PoisonRecordException e) {
            String field = e.field() == null ? "value" : e.field();
            return new LabelOutcome.Refused(key, new Rejected(source, field, e.detail(), e.remedy()), e);
        }
    }

    /** A reader looked and could not say: nothing to train on, nothing wrong with the record, and no older label holds. */
    private static boolean isUnsure(ScanLabeled labeled) {
        return labeled.getLabel() == Label.INDETERMINATE && REVIEW.equals(labeled.getOrigin());
    }

    private LabelEntry label(ConsumerRecord<byte[], byte[]> record, @Nullable String scanId, ScanLabeled labeled) {
        if (scanId == null || !scanId.equals(labeled.getScanId())) {
            throw poison(
                    Stage.DESERIALIZE,
                    "bad-scan-id",
                    "scanId",
                    "The label's scanId is not the record's key, or is not 1 to 200 of the characters A-Z a-z 0-9 . _ : -.",
                    "publish the label again with the scan id as the record's key.");
        }
        boolean positive = positive(labeled.getLabel());
        String origin = origin(labeled.getOrigin());
        @Nullable Split split = split(labeled);
        Payload payload = payloads.read(labeled.getImage());
        keep(payload);
        return new LabelEntry(
                scanId,
                payload.sha256(),
                positive,
                split,
                origin,
                labeled.getLabelledAt() == null
                        ? record.timestamp()
                        : labeled.getLabelledAt().toEpochMilli());
    }

    private ScanLabeled deserialize(ConsumerRecord<byte[], byte[]> record) {
        try {
            ScanLabeled labeled = deserializer.deserialize(record.topic(), record.headers(), record.value());
            if (labeled != null) {
                return labeled;
            }
        } catch (RuntimeException e) {
            throw Failures.of(Stage.DESERIALIZE, e);
        }
        throw new IllegalStateException("a value that is not null was read as null");
    }

    /** A symbol this version does not know reads as INDETERMINATE, by the schema. */
    private static boolean positive(@Nullable Label label) {
        if (label == Label.POSITIVE || label == Label.NEGATIVE) {
            return label == Label.POSITIVE;
        }
        throw poison(
                Stage.DESERIALIZE,
                "unusable-label",
                "label",
                "The label is " + label + " (expected: POSITIVE or NEGATIVE).",
                "have a reader decide and publish the label again under the same scan id.");
    }

    private static String origin(@Nullable String origin) {
        if (origin == null
                || origin.isBlank()
                || origin.length() > MAX_ORIGIN
                || origin.chars().anyMatch(Character::isISOControl)) {
            throw poison(
                    Stage.DESERIALIZE,
                    "bad-origin",
                    "origin",
                    "The label's origin is blank, longer than " + MAX_ORIGIN
                            + " characters or holds control characters.",
                    "publish the label again with the name of its data set, or review.");
        }
        return origin;
    }

    /** A split this version does not know reads as UNASSIGNED, by the schema. */
    private static @Nullable Split split(ScanLabeled labeled) {
        if (labeled.getSplit() == null) {
            throw poison(
                    Stage.DESERIALIZE,
                    "bad-split",
                    "split",
                    "The label has no split.",
                    "publish the label again with the current schema.");
        }
        return switch (labeled.getSplit()) {
            case TRAIN -> Split.TRAIN;
            case VALIDATION -> Split.VALIDATION;
            case TEST -> Split.TEST;
            case UNASSIGNED -> null;
        };
    }

    private void keep(Payload payload) {
        try {
            folder.put(payload.sha256(), payload.content());
        } catch (ScanDecodeException e) {
            throw new PoisonRecordException(
                    Stage.DECODE,
                    e.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    e.field(),
                    "Cannot decode the image: " + e.field() + ": " + e.detail() + ".",
                    e.remedy() + ".",
                    e);
        }
    }

    private static @Nullable String scanId(byte @Nullable [] key) {
        if (key == null || key.length > MAX_KEY_BYTES) {
            return null;
        }
        String text = new String(key, UTF_8);
        return SCAN_ID.matcher(text).matches() ? text : null;
    }

    private static PoisonRecordException poison(
            Stage stage, String reason, String field, String detail, String remedy) {
        return new PoisonRecordException(stage, reason, field, detail, remedy, null);
    }
}
