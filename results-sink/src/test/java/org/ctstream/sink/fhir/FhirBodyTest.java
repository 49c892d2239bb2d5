package org.ctstream.sink.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.StrictErrorHandler;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.SchemaBaseValidator;
import ca.uhn.fhir.validation.ValidationResult;
import org.ctstream.sink.deliver.SampleAlerts;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FhirBodyTest {
    private static final FhirContext CONTEXT = FhirContext.forR4();
    private final FhirBody body = new FhirBody();

    @Test
    void theBundleIsValidByTheSchemaOfR4() {
        FhirValidator validator = CONTEXT.newValidator();
        validator.registerValidatorModule(new SchemaBaseValidator(CONTEXT));

        for (boolean trained : new boolean[] {true, false}) {
            ValidationResult result = validator.validateWithResult(text(trained ? "pseudonym-7" : null, trained));
            assertThat(result.getMessages()).as(result.toString()).isEmpty();
            assertThat(result.isSuccessful()).isTrue();
        }
    }

    @Test
    void theSchemaIsReallyAsked() {
        FhirValidator validator = CONTEXT.newValidator();
        validator.registerValidatorModule(new SchemaBaseValidator(CONTEXT));
        var withoutStatusAndCode = new Observation();

        assertThat(validator.validateWithResult(withoutStatusAndCode).isSuccessful())
                .isFalse();
    }

    @Test
    void theReportIsPreliminaryRestsOnItsObservationAndSaysItIsNoDiagnosis() {
        Bundle bundle = parse(text("pseudonym-7", true));

        assertThat(bundle.getType()).isEqualTo(Bundle.BundleType.COLLECTION);
        assertThat(bundle.getIdentifier().getValue()).isEqualTo("alert-1");
        var report = (DiagnosticReport) bundle.getEntry().get(0).getResource();
        var observation = (Observation) bundle.getEntry().get(1).getResource();
        var device = (Device) bundle.getEntry().get(2).getResource();
        assertThat(report.getStatus()).isEqualTo(DiagnosticReport.DiagnosticReportStatus.PRELIMINARY);
        assertThat(report.getResultFirstRep().getReference())
                .isEqualTo(bundle.getEntry().get(1).getFullUrl());
        assertThat(report.getConclusion()).contains("not a medical device").contains("not a diagnosis");
        assertThat(report.getEffectiveDateTimeType().getValue().toInstant()).isEqualTo(SampleAlerts.RECEIVED);
        assertThat(observation.getStatus()).isEqualTo(Observation.ObservationStatus.PRELIMINARY);
        assertThat(observation.getValueQuantity().getValue().doubleValue()).isEqualTo(0.875);
        assertThat(observation.getDevice().getReference())
                .isEqualTo(bundle.getEntry().get(2).getFullUrl());
        assertThat(observation.getNoteFirstRep().getText()).contains("not a diagnosis");
        assertThat(device.getVersionFirstRep().getValue()).isEqualTo("1.1.0");
    }

    @Test
    void thePatientIsAPseudonymOrNobody() {
        assertThat(report("pseudonym-7").getSubject().getIdentifier().getValue())
                .isEqualTo("pseudonym-7");
        assertThat(report("pseudonym-7").getSubject().hasReference()).isFalse();
        assertThat(report(null).hasSubject()).isFalse();
    }

    @Test
    void alertsOfAnUntrainedModelAreTaggedAsTests() {
        assertThat(parse(text(null, false)).getMeta().getTagFirstRep().getCode())
                .isEqualTo("HTEST");
        assertThat(parse(text(null, true)).getMeta().hasTag()).isFalse();
    }

    @Test
    void theSameAlertGivesTheSameBytes() {
        assertThat(text("pseudonym-7", true)).isEqualTo(text("pseudonym-7", true));
    }

    private DiagnosticReport report(@Nullable String patientRef) {
        return (DiagnosticReport)
                parse(text(patientRef, true)).getEntry().get(0).getResource();
    }

    private String text(@Nullable String patientRef, boolean trained) {
        return new String(body.of(SampleAlerts.alert("alert-1", "CT-EAST", patientRef, trained)), UTF_8);
    }

    private static Bundle parse(String text) {
        var parser = CONTEXT.newJsonParser();
        parser.setParserErrorHandler(new StrictErrorHandler());
        return parser.parseResource(Bundle.class, text);
    }
}
