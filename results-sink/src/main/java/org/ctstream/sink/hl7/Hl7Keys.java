package org.ctstream.sink.hl7;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** The keys of HL7 receivers. */
public final class Hl7Keys {
    public static final String ADDRESSES = "hl7.addresses";
    public static final String TLS = "hl7.tls";
    public static final String SENDING_APPLICATION = "hl7.sending.application";
    public static final String SENDING_FACILITY = "hl7.sending.facility";
    public static final String RECEIVING_APPLICATION = "hl7.receiving.application";
    public static final String RECEIVING_FACILITY = "hl7.receiving.facility";
    public static final String PROCESSING_ID = "hl7.processing.id";

    private Hl7Keys() {}

    /** Adds the keys. */
    public static ConfigDef define(ConfigDef def) {
        return def.define(
                        ADDRESSES,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "Where alerts are sent to as HL7 v2.5.1 ORU^R01 over MLLP: name=host:port, several comma-separated."
                                + " Names as in webhook.urls, and none of those. At most 16.")
                .define(
                        TLS,
                        Type.BOOLEAN,
                        false,
                        Importance.MEDIUM,
                        "Whether HL7 receivers speak TLS; their names are checked. Without it alerts can be read on the"
                                + " way, as is usual with MLLP inside a hospital's network.")
                .define(SENDING_APPLICATION, Type.STRING, "CTSTREAM", Importance.LOW, "MSH-3 of what is sent.")
                .define(SENDING_FACILITY, Type.STRING, "", Importance.LOW, "MSH-4 of what is sent.")
                .define(RECEIVING_APPLICATION, Type.STRING, "", Importance.LOW, "MSH-5 of what is sent.")
                .define(RECEIVING_FACILITY, Type.STRING, "", Importance.LOW, "MSH-6 of what is sent.")
                .define(
                        PROCESSING_ID,
                        Type.STRING,
                        "P",
                        ValidString.in("P", "T", "D"),
                        Importance.LOW,
                        "MSH-11 of what is sent: P production, T training, D debugging. Alerts of a model that no training"
                                + " has produced always say T.");
    }
}
