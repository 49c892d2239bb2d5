package org.ctstream.cli.audit;

import java.util.Map;
import org.ctstream.schemas.avro.ClaimCheck;
import org.ctstream.schemas.avro.InlinePayload;
import org.ctstream.schemas.avro.LetterRedriven;
import org.ctstream.schemas.avro.ScanAlerted;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.avro.ScanLabeled;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.schemas.avro.ScanReceived;
import org.ctstream.service.text.Bytes;
import org.ctstream.sink.store.ResultRow;

/**
 * What is told of each kind of record. Left out on purpose: patient reference and study, series and instance pseudonyms,
 * the publisher's own attributes, and the URI of a claim check, whose file name may be a patient's.
 */
final class Tellers {
    private Tellers() {}

    static Map<String, String> received(ScanReceived scan, String redrives) {
        var details = new Details()
                .with("source", scan.getSource())
                .with("priority", scan.getPriority())
                .with("content type", scan.getContentType());
        if (scan.getPayload() instanceof InlinePayload inline) {
            details.with("size", Bytes.text(inline.getContent().remaining()));
        } else if (scan.getPayload() instanceof ClaimCheck claim) {
            details.with("size", Bytes.text(claim.getLength()) + " by claim check")
                    .digest("sha256", claim.getSha256());
        }
        return details.with("redrive", redrives.equals("0") ? null : redrives).map();
    }

    static Map<String, String> normalized(ScanNormalized scan) {
        return new Details()
                .with("format", scan.getSourceFormat())
                .with("priority", scan.getPriority())
                .with("slice", scan.getHeight() + " x " + scan.getWidth())
                .with("preprocessing", scan.getPreprocessingVersion())
                .digest("sha256", scan.getSourceDigest())
                .map();
    }

    static Map<String, String> classified(ScanClassified scan) {
        return new Details()
                .with("label", scan.getLabel())
                .number("probability", scan.getProbability())
                .number("threshold", scan.getThreshold())
                .with("why indeterminate", scan.getIndeterminateReason())
                .with("model", scan.getModelName() + ":" + scan.getModelVersion())
                .digest("weights", scan.getModelDigest())
                .with("trained", scan.getModelTrained())
                .with("engine", scan.getEngine())
                .with("device", scan.getDevice())
                .with("worker", scan.getWorker())
                .digest("result", scan.getResultId())
                .map();
    }

    static Map<String, String> stored(ResultRow row) {
        return new Details()
                .with("label", row.label())
                .with("model", row.modelName() + ":" + row.modelVersion())
                .with("engine", row.engine())
                .with("device", row.device())
                .with("worker", row.worker())
                .digest("result", row.resultId())
                .with("alert", row.alertedAt() == null ? null : "out at " + row.alertedAt())
                .map();
    }

    static Map<String, String> alerted(ScanAlerted alert) {
        return new Details()
                .number("probability", alert.getProbability())
                .with("model", alert.getModelName() + ":" + alert.getModelVersion())
                .with("trained", alert.getModelTrained())
                .digest("result", alert.getAlertId())
                .map();
    }

    static Map<String, String> redriven(LetterRedriven redrive) {
        return new Details()
                .with("outcome", redrive.getOutcome())
                .with("by", redrive.getRedrivenBy())
                .with("reason", redrive.getReason())
                .with("refusal", redrive.getRefusal())
                .with(
                        "letter",
                        redrive.getLetterTopic() + "-" + redrive.getLetterPartition() + "@" + redrive.getLetterOffset())
                .with("cause", redrive.getCause())
                .with("redrives", redrive.getRedrives())
                .map();
    }

    static Map<String, String> labelled(ScanLabeled label) {
        return new Details()
                .with("label", label.getLabel())
                .with("by", label.getLabelledBy())
                .with("origin", label.getOrigin())
                .with("split", label.getSplit())
                .map();
    }
}
