package org.ctstream.embedded.part;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports to listen on, and the check that a given one is free. */
public final class Ports {

    /** How often a start on ports of our own choice is tried again when somebody else took one in between. */
    public static final int ATTEMPTS = 5;

    /*
     * Below the range that Linux (32768), macOS and Windows (49152) give to outgoing connections. A port from that
     * range could be taken by a client that reconnects to the very part that is restarting: on loopback, such a client
     * can even connect to itself.
     */
    private static final int LOWEST = 15_000;
    private static final int END = 32_000;
    private static final int TRIES = 200;

    private Ports() {}

    /** Checks that a port can be asked for: 0 (any free one) to 65535. */
    public static int requireValid(int port, String name) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(name + " is " + port + "; expected 0 (any free port) to 65535");
        }
        return port;
    }

    /** A port nobody listens on at this moment, other than {@code taken}. */
    public static int free(String host, int taken) {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, END);
            if (port != taken && isFree(host, port)) {
                return port;
            }
        }
        throw new EmbeddedException("No free port found on " + host + " between " + LOWEST + " and " + END + " in "
                + TRIES + " tries. Is " + host + " an address of this machine?");
    }

    public static boolean isFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // connections of the last owner in TIME_WAIT don't count
            socket.bind(new InetSocketAddress(host, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * @param part who wants the port, for the message
     * @throws PortTakenException if the port is taken
     */
    public static void requireFree(String part, String host, int port) {
        if (!isFree(host, port)) {
            throw new PortTakenException(part, host, port);
        }
    }
}
