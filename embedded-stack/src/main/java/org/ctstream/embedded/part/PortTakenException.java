package org.ctstream.embedded.part;

/** Another process listens on a port that was asked for. */
public final class PortTakenException extends EmbeddedException {

    private static final long serialVersionUID = 1L;

    private final int port;

    public PortTakenException(String part, String host, int port) {
        super("Cannot start the " + part + ": " + host + ":" + port
                + " is taken by another process. End that process, choose another port, or use port 0 for a free one.");
        this.port = port;
    }

    public int port() {
        return port;
    }

    @Override
    public int exitCode() {
        return ExitCodes.PORT_TAKEN;
    }
}
