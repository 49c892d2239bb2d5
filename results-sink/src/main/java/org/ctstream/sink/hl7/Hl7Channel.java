package org.ctstream.sink.hl7;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.preparser.PreParser;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.ctstream.sink.deliver.Attempt;
import org.ctstream.sink.deliver.Channel;
import org.ctstream.sink.store.AlertedScan;
import org.jspecify.annotations.Nullable;

/**
 * Sends alerts to one HL7 receiver and takes its word for it: only an acknowledgement of this very message that says
 * accepted (AA, CA) is a delivery.
 *
 * @see "HL7 Version 2.5.1, Chapter 2, Table 0008 - Acknowledgment code"
 */
public final class Hl7Channel implements Channel {
    private final Hl7Address address;
    private final OruMessages messages;
    private final MllpClient client;

    /**
     * @param tls null for none
     * @param timeout longest time of one attempt
     */
    public Hl7Channel(Hl7Address address, Hl7Header header, @Nullable SSLContext tls, Duration timeout) {
        this.address = address;
        this.messages = new OruMessages(header);
        this.client = new MllpClient(address.host(), address.port(), tls, timeout, System::nanoTime);
    }

    @Override
    public String endpoint() {
        return address.name();
    }

    @Override
    public Attempt deliver(AlertedScan alert) {
        try {
            return outcome(client.exchange(messages.of(alert)), OruMessages.controlId(alert.alertId()));
        } catch (SocketTimeoutException e) {
            return Attempt.Failed.ofEndpoint("timeout");
        } catch (MllpClient.MllpException e) {
            return Attempt.Failed.ofEndpoint("no-mllp");
        } catch (IOException e) {
            return Attempt.Failed.ofEndpoint(e);
        }
    }

    @Override
    public void close() {
        messages.close();
    }

    private static Attempt outcome(String answer, String controlId) {
        String code;
        String acknowledged;
        try {
            // Tolerant of the answer's version and of what else is in it.
            String[] fields = PreParser.getFields(answer, "MSA-1", "MSA-2");
            code = fields[0] == null ? "" : fields[0];
            acknowledged = fields[1] == null ? "" : fields[1];
        } catch (HL7Exception | RuntimeException e) {
            return Attempt.Failed.ofEndpoint("no-hl7-ack");
        }
        if (!acknowledged.equals(controlId)) {
            return Attempt.Failed.ofEndpoint("hl7-ack-of-another");
        }
        return switch (code) {
            case "AA", "CA" -> new Attempt.Delivered();
            // Refused for what it says: the next one may pass.
            case "AE", "CE" -> Attempt.Failed.ofAlert("hl7-ae");
            // Rejected for who we are or what we send at all.
            case "AR", "CR" -> Attempt.Failed.ofEndpoint("hl7-ar");
            default -> Attempt.Failed.ofEndpoint("no-hl7-ack");
        };
    }
}
