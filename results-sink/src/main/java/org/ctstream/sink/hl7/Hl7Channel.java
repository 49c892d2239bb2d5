package org.ctstream.sink.hl7;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
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
        // Each exchange has a connection of its own, closed with it.
    }

    private static Attempt outcome(String answer, String controlId) {
        Optional<Acknowledgement> acknowledgement = Acknowledgement.parse(answer);
        if (acknowledgement.isEmpty()) {
            return Attempt.Failed.ofEndpoint("no-hl7-ack");
        }
        if (!acknowledgement.get().controlId().equals(controlId)) {
            return Attempt.Failed.ofEndpoint("hl7-ack-of-another");
        }
        return switch (acknowledgement.get().code()) {
            case "AA", "CA" -> new Attempt.Delivered();
            // Refused for what it says: the next one may pass.
            case "AE", "CE" -> Attempt.Failed.ofAlert("hl7-ae");
            // Rejected for who we are or what we send at all.
            case "AR", "CR" -> Attempt.Failed.ofEndpoint("hl7-ar");
            default -> Attempt.Failed.ofEndpoint("no-hl7-ack");
        };
    }
}
