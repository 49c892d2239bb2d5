package org.ctstream.sink.hl7;

import ca.uhn.hl7v2.AcknowledgmentCode;
import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.app.HL7Service;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.model.v251.message.ORU_R01;
import ca.uhn.hl7v2.protocol.ReceivingApplication;
import ca.uhn.hl7v2.util.idgenerator.InMemoryIDGenerator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** HAPI's own server as a receiver: it keeps what comes and acknowledges as the test says. */
public final class Hl7Receiver implements AutoCloseable {
    private final HapiContext context = new DefaultHapiContext();
    private final List<ORU_R01> messages = new CopyOnWriteArrayList<>();
    private final List<ORU_R01> accepted = new CopyOnWriteArrayList<>();
    private final HL7Service server;
    private final int port;
    private volatile Function<ORU_R01, AcknowledgmentCode> answer;

    public Hl7Receiver(Function<ORU_R01, AcknowledgmentCode> answer) throws Exception {
        this.answer = answer;
        this.port = freePort();
        // The default keeps a file in the working directory.
        context.getParserConfiguration().setIdGenerator(new InMemoryIDGenerator());
        this.server = context.newServer(port, false);
        server.registerApplication("ORU", "R01", new Application());
        server.startAndWait();
    }

    public int port() {
        return port;
    }

    /** From now on. */
    public void answer(Function<ORU_R01, AcknowledgmentCode> next) {
        answer = next;
    }

    public List<ORU_R01> messages() {
        return List.copyOf(messages);
    }

    /** Control ids of what was acknowledged as accepted. */
    public List<String> accepted() {
        return accepted.stream()
                .map(message -> message.getMSH().getMessageControlID().getValue())
                .toList();
    }

    @Override
    public void close() throws IOException {
        server.stopAndWait();
        context.close();
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private final class Application implements ReceivingApplication<Message> {
        @Override
        public Message processMessage(Message message, Map<String, Object> metadata) throws HL7Exception {
            var oru = (ORU_R01) message;
            messages.add(oru);
            AcknowledgmentCode code = answer.apply(oru);
            try {
                if (code == AcknowledgmentCode.AA) {
                    accepted.add(oru);
                    return message.generateACK();
                }
                return message.generateACK(code, new HL7Exception("as the test says"));
            } catch (IOException e) {
                throw new HL7Exception(e);
            }
        }

        @Override
        public boolean canProcess(Message message) {
            return message instanceof ORU_R01;
        }
    }
}
