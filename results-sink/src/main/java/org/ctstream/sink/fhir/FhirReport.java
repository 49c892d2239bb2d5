package org.ctstream.sink.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.time.Instant;
import java.util.Date;
import java.util.TimeZone;
import java.util.UUID;
import org.ctstream.sink.deliver.Notice;
import org.ctstream.sink.store.AlertedScan;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;

/**
 * An alert as FHIR resources: a Bundle (collection) with a DiagnosticReport, the Observation it rests on, and the Device that
 * made it. Both are preliminary: no person has looked. A corrected result would be the same identifiers with the status
 * {@code corrected} or {@code amended}.
 *
 * <p>The subject is the patient's pseudonym as a logical reference, or absent; there is no Patient resource.
 *
 * @see "HL7 FHIR R4 (4.0.1), DiagnosticReport, Observation"
 */
final class FhirReport {
    private static final String SYSTEM = "urn:ctstream:";
    private static final String DIAGNOSTIC_SERVICE = "http://terminology.hl7.org/CodeSystem/v2-0074";
    private static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category";
    private static final String INTERPRETATION = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";
    private static final String TAGS = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
    private static final TimeZone UTC = TimeZone.getTimeZone("UTC");

    private final AlertedScan alert;
    private final String observationUrl;
    private final String deviceUrl;

    private FhirReport(AlertedScan alert) {
        this.alert = alert;
        this.observationUrl = url("observation", alert.alertId());
        this.deviceUrl = url("device", alert.modelDigest());
    }

    static Bundle of(AlertedScan alert) {
        return new FhirReport(alert).bundle();
    }

    private Bundle bundle() {
        var bundle = new Bundle();
        bundle.setType(Bundle.BundleType.COLLECTION);
        bundle.setIdentifier(identifier("alert", alert.alertId()));
        bundle.setTimestampElement(instant(alert.alertedAt()));
        bundle.setMeta(meta());
        bundle.addEntry().setFullUrl(url("report", alert.alertId())).setResource(report());
        bundle.addEntry().setFullUrl(observationUrl).setResource(observation());
        bundle.addEntry().setFullUrl(deviceUrl).setResource(device());
        return bundle;
    }

    private DiagnosticReport report() {
        var report = new DiagnosticReport();
        report.setMeta(meta());
        report.addIdentifier(identifier("alert", alert.alertId()));
        report.setStatus(DiagnosticReport.DiagnosticReportStatus.PRELIMINARY);
        report.addCategory(new CodeableConcept(new Coding(DIAGNOSTIC_SERVICE, "CT", "CAT Scan")));
        report.setCode(new CodeableConcept().setText("Classification of a chest CT slice by software"));
        report.setSubject(subject());
        report.setEffective(observedAt());
        report.setIssuedElement(instant(alert.alertedAt()));
        report.addPerformer(new Reference().setDisplay("ctstream, a program; no person has looked at the scan"));
        report.addResult(new Reference(observationUrl));
        if (alert.studyUid() != null) {
            report.addImagingStudy(new Reference()
                    .setType("ImagingStudy")
                    .setIdentifier(identifier("study-pseudonym", alert.studyUid())));
        }
        report.setConclusion("Positive at probability " + alert.probability() + ", threshold " + alert.threshold()
                + ". " + Notice.of(alert));
        return report;
    }

    private Observation observation() {
        var observation = new Observation();
        observation.setMeta(meta());
        observation.addIdentifier(identifier("result", alert.alertId()));
        observation.addIdentifier(identifier("scan", alert.scanId()));
        observation.setStatus(Observation.ObservationStatus.PRELIMINARY);
        observation.addCategory(new CodeableConcept(new Coding(CATEGORY, "imaging", "Imaging")));
        observation.setCode(new CodeableConcept().setText("Probability of the positive class"));
        observation.setSubject(subject());
        observation.setEffective(observedAt());
        observation.setIssuedElement(instant(alert.classifiedAt()));
        observation.setDevice(new Reference(deviceUrl));
        observation.setValue(quantity(alert.probability()));
        observation.addInterpretation(new CodeableConcept(new Coding(INTERPRETATION, "POS", "Positive")));
        observation
                .addReferenceRange()
                .setHigh(new Quantity().setValue(alert.threshold()))
                .setText("Positive from the threshold on");
        observation.addNote(new Annotation().setText(Notice.of(alert)));
        return observation;
    }

    private Device device() {
        var device = new Device();
        device.addIdentifier(identifier("model-digest", alert.modelDigest()));
        device.addDeviceName().setName(alert.modelName()).setType(Device.DeviceNameType.MODELNAME);
        device.addVersion().setValue(alert.modelVersion());
        device.addNote(new Annotation().setText(Notice.TEXT));
        return device;
    }

    /** A receiver that knows tags keeps alerts of an untrained model apart. */
    private Meta meta() {
        var meta = new Meta();
        if (!alert.modelTrained()) {
            meta.addTag(new Coding(TAGS, "HTEST", "test health data"));
        }
        return meta;
    }

    private Reference subject() {
        if (alert.patientRef() == null) {
            return new Reference();
        }
        return new Reference().setType("Patient").setIdentifier(identifier("patient-pseudonym", alert.patientRef()));
    }

    private DateTimeType observedAt() {
        Instant at = alert.acquiredAt() == null ? alert.receivedAt() : alert.acquiredAt();
        return new DateTimeType(Date.from(at), TemporalPrecisionEnum.MILLI, UTC);
    }

    private static InstantType instant(Instant at) {
        return new InstantType(Date.from(at), TemporalPrecisionEnum.MILLI, UTC);
    }

    private static Quantity quantity(double value) {
        return new Quantity()
                .setValue(value)
                .setSystem("http://unitsofmeasure.org")
                .setCode("1");
    }

    private static Identifier identifier(String kind, String value) {
        return new Identifier().setSystem(SYSTEM + kind).setValue(value);
    }

    /** The same for the same thing, so that a repeat is seen as one. */
    private static String url(String kind, String id) {
        return "urn:uuid:" + UUID.nameUUIDFromBytes((SYSTEM + kind + ":" + id).getBytes(UTF_8));
    }
}
