package org.ctstream.sink.hl7;

import static java.nio.charset.StandardCharsets.UTF_8;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.model.DataTypeException;
import ca.uhn.hl7v2.model.v251.datatype.NM;
import ca.uhn.hl7v2.model.v251.datatype.ST;
import ca.uhn.hl7v2.model.v251.datatype.TS;
import ca.uhn.hl7v2.model.v251.datatype.TX;
import ca.uhn.hl7v2.model.v251.group.ORU_R01_ORDER_OBSERVATION;
import ca.uhn.hl7v2.model.v251.message.ORU_R01;
import ca.uhn.hl7v2.model.v251.segment.MSH;
import ca.uhn.hl7v2.model.v251.segment.OBR;
import ca.uhn.hl7v2.model.v251.segment.OBX;
import ca.uhn.hl7v2.model.v251.segment.PID;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.util.idgenerator.InMemoryIDGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import org.ctstream.sink.deliver.Notice;
import org.ctstream.sink.store.AlertedScan;

/**
 * Writes an alert as an unsolicited observation message: one order group with the probability, the threshold, the model and
 * the notice that this is not a diagnosis. Everything in it is preliminary (P): no person has looked at it. A corrected
 * result would be the same filler number with the status C.
 *
 * <p>Identifiers are pseudonyms: PID-3 holds that of the patient, or is empty; PID-5 says that the name is not known.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 *
 * @see "HL7 Version 2.5.1, Chapter 7, ORU - Unsolicited Observation Message (Event R01)"
 */
public final class OruMessages {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss.SSSZ").withZone(ZoneOffset.UTC);
    private static final String CODING_SYSTEM = "99CTSTREAM";
    /** MSH-10 has 20 characters in this version. */
    private static final int CONTROL_ID_CHARACTERS = 20;

    private static final String PRELIMINARY = "P";

    // Not closed: without servers and clients it holds nothing, and closing it would start threads to stop them.
    private final HapiContext context;
    private final PipeParser parser;
    private final Hl7Header header;

    public OruMessages(Hl7Header header) {
        this.header = header;
        this.context = new DefaultHapiContext();
        // The default keeps a file in the working directory, for an id that is replaced here anyway.
        context.getParserConfiguration().setIdGenerator(new InMemoryIDGenerator());
        context.getParserConfiguration().setEscaping(new StrictEscaping());
        this.parser = context.getPipeParser();
    }

    /** The message's text, segments ended by carriage returns, and nothing of MLLP. */
    public String of(AlertedScan alert) {
        try {
            var message = new ORU_R01(context.getModelClassFactory());
            message.setParser(parser);
            message.initQuickstart("ORU", "R01", alert.modelTrained() ? header.processingId() : "T");
            header(message.getMSH(), alert);
            patient(message.getPATIENT_RESULT().getPATIENT().getPID(), alert);
            ORU_R01_ORDER_OBSERVATION group = message.getPATIENT_RESULT().getORDER_OBSERVATION();
            order(group.getOBR(), alert);
            observations(message, group, alert);
            return parser.encode(message);
        } catch (HL7Exception e) {
            throw new IllegalStateException("Cannot write an alert as HL7", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** MSH-10 of an alert: the same however often it is sent, so that receivers can tell repeats. */
    public static String controlId(String alertId) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(alertId.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, CONTROL_ID_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java without SHA-256", e);
        }
    }

    private void header(MSH msh, AlertedScan alert) throws DataTypeException {
        msh.getSendingApplication().getNamespaceID().setValue(header.sendingApplication());
        msh.getSendingFacility().getNamespaceID().setValue(header.sendingFacility());
        msh.getReceivingApplication().getNamespaceID().setValue(header.receivingApplication());
        msh.getReceivingFacility().getNamespaceID().setValue(header.receivingFacility());
        time(msh.getDateTimeOfMessage(), alert.alertedAt());
        msh.getMessageControlID().setValue(controlId(alert.alertId()));
        msh.getCharacterSet(0).setValue("UNICODE UTF-8");
    }

    private static void patient(PID pid, AlertedScan alert) throws DataTypeException {
        pid.getSetIDPID().setValue("1");
        pid.getPatientIdentifierList(0).getIDNumber().setValue(alert.patientRef());
        if (alert.patientRef() != null) {
            pid.getPatientIdentifierList(0)
                    .getAssigningAuthority()
                    .getNamespaceID()
                    .setValue("CTSTREAM");
            // AN: anonymous identifier.
            pid.getPatientIdentifierList(0).getIdentifierTypeCode().setValue("AN");
        }
        // S: a name that stands for none.
        pid.getPatientName(0).getNameTypeCode().setValue("S");
    }

    private static void order(OBR obr, AlertedScan alert) throws DataTypeException {
        obr.getSetIDOBR().setValue("1");
        obr.getPlacerOrderNumber().getEntityIdentifier().setValue(alert.scanId());
        obr.getFillerOrderNumber().getEntityIdentifier().setValue(alert.alertId());
        obr.getFillerOrderNumber().getNamespaceID().setValue("CTSTREAM");
        obr.getUniversalServiceIdentifier().getIdentifier().setValue("CT-SLICE-CLASSIFICATION");
        obr.getUniversalServiceIdentifier().getText().setValue("Classification of a chest CT slice by software");
        obr.getUniversalServiceIdentifier().getNameOfCodingSystem().setValue(CODING_SYSTEM);
        obr.getPriorityOBR().setValue(alert.priority().equals("STAT") ? "S" : "R");
        Instant observed = alert.acquiredAt() == null ? alert.receivedAt() : alert.acquiredAt();
        time(obr.getObservationDateTime(), observed);
        time(obr.getResultsRptStatusChngDateTime(), alert.classifiedAt());
        obr.getDiagnosticServSectID().setValue("CT");
        obr.getResultStatus().setValue(PRELIMINARY);
    }

    private static void observations(ORU_R01 message, ORU_R01_ORDER_OBSERVATION group, AlertedScan alert)
            throws HL7Exception {
        OBX probability = observation(group, 0, "PROBABILITY", "Probability of the positive class", "NM");
        probability.getObservationValue(0).setData(number(message, alert.probability()));
        probability.getReferencesRange().setValue("<" + plain(alert.threshold()));
        probability.getAbnormalFlags(0).setValue("A");
        time(probability.getDateTimeOfTheObservation(), alert.classifiedAt());
        observation(group, 1, "THRESHOLD", "Threshold from which on a slice is positive", "NM")
                .getObservationValue(0)
                .setData(number(message, alert.threshold()));
        text(message, group, 2, "MODEL", "Model", alert.modelName() + " " + alert.modelVersion());
        text(message, group, 3, "MODEL-DIGEST", "Digest of the model", alert.modelDigest());
        text(message, group, 4, "STUDY", "Pseudonym of the study", alert.studyUid() == null ? "" : alert.studyUid());
        text(message, group, 5, "SOURCE", "Where the scan came from", alert.source());
        OBX notice = observation(group, 6, "NOTICE", "Notice", "TX");
        var value = new TX(message);
        value.setValue(Notice.of(alert));
        notice.getObservationValue(0).setData(value);
    }

    private static void text(
            ORU_R01 message, ORU_R01_ORDER_OBSERVATION group, int index, String code, String title, String text)
            throws HL7Exception {
        var value = new ST(message);
        value.setValue(text);
        observation(group, index, code, title, "ST").getObservationValue(0).setData(value);
    }

    private static OBX observation(
            ORU_R01_ORDER_OBSERVATION group, int index, String code, String title, String valueType)
            throws HL7Exception {
        OBX obx = group.getOBSERVATION(index).getOBX();
        obx.getSetIDOBX().setValue(Integer.toString(index + 1));
        obx.getValueType().setValue(valueType);
        obx.getObservationIdentifier().getIdentifier().setValue(code);
        obx.getObservationIdentifier().getText().setValue(title);
        obx.getObservationIdentifier().getNameOfCodingSystem().setValue(CODING_SYSTEM);
        obx.getObservationResultStatus().setValue(PRELIMINARY);
        return obx;
    }

    private static NM number(ORU_R01 message, double value) throws DataTypeException {
        var number = new NM(message);
        number.setValue(plain(value));
        return number;
    }

    /** HL7 numbers have no exponent. */
    private static String plain(double value) {
        return BigDecimal.valueOf(value)
                .setScale(6, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static void time(TS field, Instant time) throws DataTypeException {
        field.getTime().setValue(TIME.format(time));
    }
}
