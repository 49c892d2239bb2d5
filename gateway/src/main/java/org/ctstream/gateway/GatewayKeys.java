package org.ctstream.gateway;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.ctstream.gateway.association.AeTitle;
import org.ctstream.gateway.pdu.Uids;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.service.config.CommonKeys;
import org.ctstream.service.config.ConfigProblemsException;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.pseudonym.PseudonymKeys;

/** The keys of the PACS gateway, and the checks that concern more than a value's type. */
public final class GatewayKeys {
    public static final int DEFAULT_HTTP_PORT = 8094;

    public static final String DICOM_HOST = "dicom.host";
    public static final String DICOM_PORT = "dicom.port";
    public static final String CALLED = "dicom.ae.called";
    public static final String CALLING = "dicom.ae.calling";
    public static final String STAT = "dicom.ae.stat";
    public static final String SOP_CLASSES = "dicom.sop.classes";
    public static final String ASSOCIATIONS = "dicom.associations.max";
    public static final String PDU_BYTES = "dicom.pdu.max.bytes";
    public static final String ARTIM_MS = "dicom.artim.ms";
    public static final String IDLE_MS = "dicom.idle.ms";
    public static final String MESSAGE_MS = "dicom.message.max.ms";
    public static final String TLS_PREFIX = "dicom.";
    public static final String KEYSTORE_LOCATION = "dicom.ssl.keystore.location";
    public static final String KEYSTORE_TYPE = "dicom.ssl.keystore.type";
    public static final String KEYSTORE_PASSWORD = "dicom.ssl.keystore.password";
    public static final String KEY_PASSWORD = "dicom.ssl.key.password";
    public static final String TRUSTSTORE_LOCATION = "dicom.ssl.truststore.location";
    public static final String TRUSTSTORE_TYPE = "dicom.ssl.truststore.type";
    public static final String STOW_SOURCE = "stow.source";
    public static final String STOW_REQUESTS = "stow.requests.max";
    public static final String STOW_REQUEST_BYTES = "stow.request.max.bytes";
    public static final String STOW_REQUEST_MS = "stow.request.max.ms";
    public static final String OBJECT_BYTES = "object.max.bytes";
    public static final String MEMORY_BYTES = "receive.memory.bytes";
    public static final String ACKNOWLEDGEMENT_MS = "acknowledgement.timeout.ms";
    public static final String CLAIM_STORE = "claim.store";

    /** CT Image Storage, and Secondary Capture Image Storage, as which other slices come. */
    private static final String DEFAULT_SOP_CLASSES = "1.2.840.10008.5.1.4.1.1.2,1.2.840.10008.5.1.4.1.1.7";

    /** The registered port of DICOM's upper layer. */
    private static final int DEFAULT_DICOM_PORT = 11_112;

    /** Jetty has 16 threads for everything, the probes included. */
    private static final int MOST_STOW_REQUESTS = 8;

    private GatewayKeys() {}

    public static ConfigDef def() {
        ConfigDef def = CommonKeys.def(DEFAULT_HTTP_PORT);
        defineCallers(def);
        defineAssociations(def);
        defineTls(def);
        defineStow(def);
        defineObjects(def);
        return PseudonymKeys.define(def);
    }

    private static void defineCallers(ConfigDef def) {
        def.define(
                        DICOM_HOST,
                        Type.STRING,
                        "127.0.0.1",
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Address the DICOM port binds to. Loopback unless told otherwise.")
                .define(
                        DICOM_PORT,
                        Type.INT,
                        DEFAULT_DICOM_PORT,
                        Range.between(0, 65_535),
                        Importance.HIGH,
                        "Port for DICOM associations (C-STORE, C-ECHO); 0 takes any free port.")
                .define(
                        CALLED,
                        Type.LIST,
                        "CTSTREAM",
                        Importance.HIGH,
                        "AE titles that the gateway answers to, comma-separated. Others are rejected.")
                .define(
                        CALLING,
                        Type.LIST,
                        "",
                        Importance.HIGH,
                        "AE titles that may call, comma-separated; * lets everybody in and has to be said aloud. None by "
                                + "default: every association is rejected. The caller's title becomes the scan's source.")
                .define(
                        STAT,
                        Type.LIST,
                        "",
                        Importance.MEDIUM,
                        "AE titles, the gateway's or callers', whose scans are STAT and overtake the others.")
                .define(
                        SOP_CLASSES,
                        Type.LIST,
                        DEFAULT_SOP_CLASSES,
                        Importance.MEDIUM,
                        "UIDs of the SOP classes that are taken; by default CT Image Storage and Secondary Capture Image "
                                + "Storage. What ingest cannot use becomes a dead letter.");
    }

    private static void defineAssociations(ConfigDef def) {
        def.define(
                        ASSOCIATIONS,
                        Type.INT,
                        32,
                        Range.between(1, 1_000),
                        Importance.MEDIUM,
                        "Most associations at once; further ones are rejected for the time being.")
                .define(
                        PDU_BYTES,
                        Type.INT,
                        131_072,
                        Range.between(4_096, 1 << 20),
                        Importance.LOW,
                        "Longest P-DATA-TF value that is taken, as the gateway tells its peers.")
                .define(
                        ARTIM_MS,
                        Type.LONG,
                        10_000L,
                        Range.between(100, 120_000),
                        Importance.LOW,
                        "ARTIM timer: how long a connection may be without an association, before and after one.")
                .define(
                        IDLE_MS,
                        Type.LONG,
                        60_000L,
                        Range.between(100, 3_600_000),
                        Importance.MEDIUM,
                        "How long a peer may be silent, and how long one PDU may take, before the association is aborted.")
                .define(
                        MESSAGE_MS,
                        Type.LONG,
                        300_000L,
                        Range.between(100, 3_600_000),
                        Importance.LOW,
                        "How long a message, an object with its command, may take to arrive before the association is "
                                + "aborted: a peer that sends a little now and then gains no time.");
    }

    private static void defineTls(ConfigDef def) {
        def.define(
                        KEYSTORE_LOCATION,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "Key store with the DICOM port's private key and certificates; the port then speaks TLS alone.")
                .define(
                        KEYSTORE_TYPE,
                        Type.STRING,
                        "PEM",
                        ValidString.in("PEM", "PKCS12", "JKS"),
                        Importance.LOW,
                        "Type of that key store. PEM: one file with the private key and the certificates.")
                .define(KEYSTORE_PASSWORD, Type.PASSWORD, "", Importance.LOW, "Password of that key store.")
                .define(KEY_PASSWORD, Type.PASSWORD, "", Importance.LOW, "Password of the private key.")
                .define(
                        TRUSTSTORE_LOCATION,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "Certificate authorities of peers. If set, a peer has to show a certificate of one of them.")
                .define(
                        TRUSTSTORE_TYPE,
                        Type.STRING,
                        "PEM",
                        ValidString.in("PEM", "PKCS12", "JKS"),
                        Importance.LOW,
                        "Type of that trust store.");
    }

    private static void defineStow(ConfigDef def) {
        def.define(
                        STOW_SOURCE,
                        Type.STRING,
                        "STOW-RS",
                        new ConfigDef.NonEmptyString(),
                        Importance.MEDIUM,
                        "Name that scans stored over HTTP have as their source.")
                .define(
                        STOW_REQUESTS,
                        Type.INT,
                        4,
                        Range.between(1, MOST_STOW_REQUESTS),
                        Importance.MEDIUM,
                        "Most STOW-RS requests at once; further ones are answered 503.")
                .define(
                        STOW_REQUEST_BYTES,
                        Type.LONG,
                        1L << 30,
                        Range.atLeast(1_024),
                        Importance.MEDIUM,
                        "Most bytes of one STOW-RS request.")
                .define(
                        STOW_REQUEST_MS,
                        Type.LONG,
                        300_000L,
                        Range.between(1_000, 3_600_000),
                        Importance.LOW,
                        "Longest time of one STOW-RS request.");
    }

    private static void defineObjects(ConfigDef def) {
        int mostBytes = Math.toIntExact(DecodeLimits.DEFAULTS.maxEncodedBytes());
        def.define(
                        OBJECT_BYTES,
                        Type.INT,
                        mostBytes,
                        Range.between(1_024, 1 << 30),
                        Importance.MEDIUM,
                        "Most bytes of one object. Ingest's decode.max.bytes should be no less.")
                .define(
                        MEMORY_BYTES,
                        Type.LONG,
                        4L * mostBytes,
                        Range.atLeast(1L << 20),
                        Importance.MEDIUM,
                        "Memory that objects being received may take together; an object that finds no room is refused "
                                + "for the time being. The heap needs about four times as much.")
                .define(
                        ACKNOWLEDGEMENT_MS,
                        Type.INT,
                        15_000,
                        Range.between(1_000, 300_000),
                        Importance.MEDIUM,
                        "How long Kafka may take to acknowledge before the object is refused for the time being. Less "
                                + "than the senders' own patience.")
                .define(
                        CLAIM_STORE,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "Where objects too large for a record are kept, by file: or s3: URI; ingest reads from there. "
                                + "Without it they are refused.");
    }

    /**
     * Checks what single keys cannot.
     *
     * @throws ConfigProblemsException with every problem found
     */
    static void check(ServiceConfig config) {
        var problems = new ArrayList<String>();
        if (config.list(CALLED).isEmpty()) {
            problems.add("Cannot answer to no name: " + CALLED + " is empty (expected: an AE title)");
        }
        for (String key : List.of(CALLED, CALLING, STAT)) {
            config.list(key).stream()
                    .filter(title -> !(key.equals(CALLING) && title.equals("*")))
                    .forEach(title -> checkTitle(key, title, problems));
        }
        config.list(SOP_CLASSES).stream()
                .filter(uid -> !Uids.isUid(uid))
                .forEach(uid -> problems.add("Cannot use " + SOP_CLASSES
                        + ": an entry is no UID (expected: for example 1.2.840.10008.5.1.4.1.1.2)"));
        if (config.isSet(TRUSTSTORE_LOCATION) && !config.isSet(KEYSTORE_LOCATION)) {
            problems.add(TRUSTSTORE_LOCATION + " needs " + KEYSTORE_LOCATION + ": without it the port speaks no TLS");
        }
        if (config.longInteger(MEMORY_BYTES) < 2L * config.integer(OBJECT_BYTES)) {
            problems.add(MEMORY_BYTES + " is " + config.longInteger(MEMORY_BYTES) + " (expected: twice " + OBJECT_BYTES
                    + " or more, " + 2L * config.integer(OBJECT_BYTES) + ")");
        }
        checkClaimStore(config, problems);
        if (!problems.isEmpty()) {
            throw new ConfigProblemsException("gateway", problems);
        }
    }

    private static void checkTitle(String key, String title, List<String> problems) {
        try {
            var unused = new AeTitle(title);
        } catch (IllegalArgumentException e) {
            problems.add("Cannot use " + key + ": " + e.getMessage());
        }
    }

    private static void checkClaimStore(ServiceConfig config, List<String> problems) {
        try {
            var unused = URI.create(config.string(CLAIM_STORE));
        } catch (IllegalArgumentException e) {
            problems.add("Cannot use " + CLAIM_STORE + ": " + e.getMessage()
                    + " (expected: for example file:///srv/scans/ or s3://scans/received/)");
        }
    }
}
