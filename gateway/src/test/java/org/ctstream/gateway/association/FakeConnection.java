package org.ctstream.gateway.association;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** A connection whose peer has said all it will say, and that keeps what it is told. */
final class FakeConnection extends Socket {
    private final InputStream in;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    FakeConnection(byte[] said) {
        this.in = new ByteArrayInputStream(said);
    }

    byte[] told() {
        return out.toByteArray();
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    @Override
    public void setSoTimeout(int timeout) {
        // All it will say is there.
    }
}
