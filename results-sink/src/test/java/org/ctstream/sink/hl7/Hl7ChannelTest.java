package org.ctstream.sink.hl7;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.hl7v2.AcknowledgmentCode;
import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.model.v251.message.ORU_R01;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.ctstream.sink.deliver.Attempt;
import org.ctstream.sink.deliver.SampleAlerts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Hl7ChannelTest {
    private static final Hl7Header HEADER = new Hl7Header("CTSTREAM", "RADIOLOGY", "RIS", "HOSPITAL", "P");
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @Test
    void aRealReceiverReadsTheMessageAndItsAcknowledgementIsADelivery() throws Exception {
        try (var receiver = new Hl7Receiver(message -> AcknowledgmentCode.AA);
                Hl7Channel channel = channel(receiver.port(), TIMEOUT)) {
            assertThat(channel.deliver(SampleAlerts.alert("alert-1"))).isEqualTo(new Attempt.Delivered());
            assertThat(channel.deliver(SampleAlerts.alert("alert-1"))).isEqualTo(new Attempt.Delivered());

            ORU_R01 message = receiver.messages().get(0);
            assertThat(message.getMSH()
                            .getReceivingApplication()
                            .getNamespaceID()
                            .getValue())
                    .isEqualTo("RIS");
            assertThat(message.getMSH().getProcessingID().getProcessingID().getValue())
                    .isEqualTo("P");
            var patient = message.getPATIENT_RESULT().getPATIENT().getPID();
            assertThat(patient.getPatientIdentifierList(0).getIDNumber().getValue())
                    .isEqualTo("pseudonym-7");
            assertThat(patient.getPatientName(0).getFamilyName().getSurname().getValue())
                    .isNull();
            var order = message.getPATIENT_RESULT().getORDER_OBSERVATION();
            assertThat(order.getOBR()
                            .getFillerOrderNumber()
                            .getEntityIdentifier()
                            .getValue())
                    .isEqualTo("alert-1");
            assertThat(order.getOBR().getResultStatus().getValue()).isEqualTo("P");
            assertThat(order.getOBSERVATION(0)
                            .getOBX()
                            .getObservationValue(0)
                            .getData()
                            .toString())
                    .isEqualTo("0.875");
            assertThat(order.getOBSERVATION(6)
                            .getOBX()
                            .getObservationValue(0)
                            .getData()
                            .toString())
                    .contains("not a medical device")
                    .contains("not a diagnosis");
            // A repeat can be told by its control id.
            assertThat(receiver.accepted()).hasSize(2).containsOnly(OruMessages.controlId("alert-1"));
        }
    }

    @ParameterizedTest
    @CsvSource({"AE, hl7-ae, ALERT", "AR, hl7-ar, ENDPOINT"})
    void aRefusalIsAFailure(AcknowledgmentCode code, String reason, Attempt.Scope scope) throws Exception {
        try (var receiver = new Hl7Receiver(message -> code);
                Hl7Channel channel = channel(receiver.port(), TIMEOUT)) {
            assertThat(channel.deliver(SampleAlerts.alert("alert-1")))
                    .isEqualTo(new Attempt.Failed(reason, scope, null));
        }
    }

    @Test
    void textsFromOutsideCannotAddSegmentsOrFields() throws Exception {
        String hostile = "CT|x^y&z~w\\v\rOBX|9|ST|EVIL||x||||||F\näöü \\X|\rOBX|9|\\ \\.br|\\ \u001c\rend";
        try (var context = new DefaultHapiContext()) {
            String text = new OruMessages(HEADER).of(SampleAlerts.alert("alert-1", hostile, "p", true));

            var parsed = (ORU_R01) context.getPipeParser().parse(text);
            var order = parsed.getPATIENT_RESULT().getORDER_OBSERVATION();
            assertThat(order.getOBSERVATIONReps()).isEqualTo(7);
            assertThat(order.getOBSERVATION(5)
                            .getOBX()
                            .getObservationValue(0)
                            .getData()
                            .toString())
                    .isEqualTo(hostile.replaceAll("\\p{Cntrl}", " "));
            assertThat(text.lines().filter(line -> line.startsWith("OBX"))).hasSize(7);
            assertThat(text).doesNotContain("\n", "\u001c");
        }
    }

    @Test
    void nothingIsWrittenToTheWorkingDirectory() {
        assertThat(new OruMessages(HEADER).of(SampleAlerts.alert("alert-1"))).startsWith("MSH");
        assertThat(Path.of("id_file")).doesNotExist();
    }

    @Test
    void alertsOfAnUntrainedModelAreForTraining() {
        assertThat(new OruMessages(HEADER).of(SampleAlerts.alert("alert-1", "CT", null, false)))
                .contains("|T|2.5.1")
                .contains("TEST: no training");
    }

    @Test
    void anAcknowledgementWithOtherDelimitersAndLineEndsIsRead() throws Exception {
        assertThat(answeredWith("MSH*^~\\&*RIS\r\nERR*x\r\nMSA*CA*" + OruMessages.controlId("alert-1") + "*well\r\n"))
                .isEqualTo(new Attempt.Delivered());
    }

    @Test
    void anAcknowledgementOfAnotherMessageIsNone() throws Exception {
        assertThat(answeredWith("MSH|^~\\&|RIS||CTSTREAM||20261123||ACK|1|P|2.5.1\rMSA|AA|another\r"))
                .isEqualTo(Attempt.Failed.ofEndpoint("hl7-ack-of-another"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not HL7 at all",
                "",
                "MSH",
                "MSH|^~\\&|RIS\r",
                "MSH|^~\\&|RIS\rMSA|AA\r",
                "<?xml version=\"1.0\"?><ACK><MSA><MSA.1>AA</MSA.1></MSA></ACK>"
            })
    void whatIsNoAcknowledgementIsNone(String answer) throws Exception {
        assertThat(answeredWith(answer))
                .isInstanceOfSatisfying(
                        Attempt.Failed.class,
                        failed -> assertThat(failed.reason()).matches("no-hl7-ack|hl7-ack-of-another"));
    }

    @Test
    void anAnswerWithoutEndIsNotReadForEver() throws Exception {
        assertThat(raw(
                        new byte[] {MllpClient.START_OF_BLOCK},
                        "x".repeat(1 << 20).getBytes(UTF_8),
                        TIMEOUT))
                .isEqualTo(Attempt.Failed.ofEndpoint("no-mllp"));
    }

    @Test
    void aReceiverThatSaysNothingCostsNoMoreThanTheTimeLimit() throws Exception {
        long from = System.nanoTime();

        Attempt attempt = raw(new byte[] {MllpClient.START_OF_BLOCK}, new byte[0], Duration.ofMillis(300));

        assertThat(attempt).isEqualTo(Attempt.Failed.ofEndpoint("timeout"));
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void nobodyThereIsAFailureOfTheEndpoint() throws Exception {
        try (Hl7Channel channel = channel(Hl7Receiver.freePort(), TIMEOUT)) {
            assertThat(channel.deliver(SampleAlerts.alert("alert-1")))
                    .isEqualTo(Attempt.Failed.ofEndpoint("connect-exception"));
        }
    }

    private static Attempt answeredWith(String answer) throws Exception {
        byte[] text = answer.getBytes(UTF_8);
        byte[] block = new byte[text.length + 3];
        block[0] = MllpClient.START_OF_BLOCK;
        System.arraycopy(text, 0, block, 1, text.length);
        block[text.length + 1] = MllpClient.END_OF_BLOCK;
        block[text.length + 2] = MllpClient.END_OF_DATA;
        return raw(block, new byte[0], TIMEOUT);
    }

    /** What comes of a receiver that writes these bytes and then keeps the connection open. */
    private static Attempt raw(byte[] first, byte[] second, Duration timeout) throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Hl7Channel channel = channel(server.getLocalPort(), timeout)) {
            var end = new CompletableFuture<Void>();
            var served = CompletableFuture.runAsync(() -> {
                try (Socket socket = server.accept()) {
                    socket.getOutputStream().write(first);
                    socket.getOutputStream().write(second);
                    socket.getOutputStream().flush();
                    end.join();
                } catch (IOException e) {
                    // The other side has what it wants.
                }
            });
            Attempt attempt = channel.deliver(SampleAlerts.alert("alert-1"));
            end.complete(null);
            served.join();
            return attempt;
        }
    }

    private static Hl7Channel channel(int port, Duration timeout) {
        return new Hl7Channel(new Hl7Address("ris", "127.0.0.1", port), HEADER, null, timeout);
    }
}
