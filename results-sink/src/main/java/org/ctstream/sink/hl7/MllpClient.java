package org.ctstream.sink.hl7;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Sends one message and reads one answer, each on a connection of its own, within a time and a size that the other side
 * cannot stretch.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 *
 * @see "HL7 Version 3 Standard: Transport Specification - MLLP, Release 1"
 */
final class MllpClient {
    static final int START_OF_BLOCK = 0x0B;
    static final int END_OF_BLOCK = 0x1C;
    static final int END_OF_DATA = 0x0D;

    private static final int MOST_ANSWER_BYTES = 64 * 1024;
    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final Duration GRACE = Duration.ofMillis(250);

    private final String host;
    private final int port;
    private final @Nullable SSLContext tls;
    private final Duration timeout;
    private final LongSupplier nanoTime;

    /**
     * @param tls null for none
     * @param timeout longest time of one exchange as a whole
     */
    MllpClient(String host, int port, @Nullable SSLContext tls, Duration timeout, LongSupplier nanoTime) {
        this.host = host;
        this.port = port;
        this.tls = tls;
        this.timeout = timeout;
        this.nanoTime = nanoTime;
    }

    /**
     * Sends the message and returns the answer's text.
     *
     * @throws SocketTimeoutException if the answer is not complete in time
     * @throws MllpException if what comes back is no block, or too long
     */
    String exchange(String message) throws IOException {
        // The bound does not hold for the resolver of names, which Java cannot interrupt.
        var address = new InetSocketAddress(host, port);
        long end = nanoTime.getAsLong() + timeout.toNanos();
        try (Socket plain = new Socket()) {
            closeLater(plain);
            plain.connect(address, millisUntil(end));
            plain.setSoTimeout(millisUntil(end));
            try (Socket socket = tls == null ? plain : secure(plain, tls)) {
                send(socket.getOutputStream(), message);
                return new String(answer(socket, end), UTF_8);
            }
        }
    }

    /** Ends what the bound of a single read does not: a handshake that trickles, or a receiver that does not read. */
    private void closeLater(Socket socket) {
        CompletableFuture.delayedExecutor(timeout.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> close(socket));
    }

    @SuppressWarnings("EmptyCatch") // It is given up, or closed long since.
    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // See above.
        }
    }

    private Socket secure(Socket plain, SSLContext context) throws IOException {
        var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static void send(OutputStream out, String message) throws IOException {
        var block = new ByteArrayOutputStream();
        block.write(START_OF_BLOCK);
        block.writeBytes(message.getBytes(UTF_8));
        block.write(END_OF_BLOCK);
        block.write(END_OF_DATA);
        out.write(block.toByteArray());
        out.flush();
    }

    private byte[] answer(Socket socket, long end) throws IOException {
        InputStream in = socket.getInputStream();
        var answer = new ByteArrayOutputStream();
        if (read(socket, in, end) != START_OF_BLOCK) {
            throw new MllpException("the answer does not begin with a block");
        }
        int next = read(socket, in, end);
        while (next != END_OF_BLOCK) {
            if (answer.size() == MOST_ANSWER_BYTES) {
                throw new MllpException("the answer is longer than " + MOST_ANSWER_BYTES + " bytes");
            }
            answer.write(next);
            next = read(socket, in, end);
        }
        return answer.toByteArray();
    }

    /** The bound is set anew before each byte: else one byte now and then would stretch it for ever. */
    private int read(Socket socket, InputStream in, long end) throws IOException {
        socket.setSoTimeout(millisUntil(end));
        int next = in.read();
        if (next < 0) {
            throw new MllpException("the connection ended before the answer did");
        }
        return next;
    }

    private int millisUntil(long end) throws SocketTimeoutException {
        long left = (end - nanoTime.getAsLong()) / NANOS_PER_MILLI;
        if (left <= 0) {
            throw new SocketTimeoutException("no complete answer in time");
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    /** What came back is not MLLP. */
    static final class MllpException extends IOException {
        private static final long serialVersionUID = 1L;

        MllpException(String message) {
            super(message);
        }
    }
}
