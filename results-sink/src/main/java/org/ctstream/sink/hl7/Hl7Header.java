package org.ctstream.sink.hl7;

import org.ctstream.service.config.ServiceConfig;

/** What stands in MSH of every message. */
public record Hl7Header(
        String sendingApplication,
        String sendingFacility,
        String receivingApplication,
        String receivingFacility,
        String processingId) {
    /** As configured. */
    public static Hl7Header of(ServiceConfig config) {
        return new Hl7Header(
                config.string(Hl7Keys.SENDING_APPLICATION),
                config.string(Hl7Keys.SENDING_FACILITY),
                config.string(Hl7Keys.RECEIVING_APPLICATION),
                config.string(Hl7Keys.RECEIVING_FACILITY),
                config.string(Hl7Keys.PROCESSING_ID));
    }
}
