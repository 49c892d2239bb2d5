package org.ctstream.gateway.pdu;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads data units off a connection. A declared length is checked against the bound of its kind before memory is taken.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 *
 * @see "DICOM PS3.8 9.3.1, PDU structure"
 */
public final class PduReader {
    /** 128 contexts of several hundred bytes each, and as much again. */
    public static final int LONGEST_REQUEST = 256 * 1024;

    private static final int LONGEST_OTHER = 64;
    private static final int HEADER_AFTER_TYPE = 5;

    private final InputStream in;
    private final int longestData;

    /** @param longestData longest value of a P-DATA-TF that we said we take, in bytes */
    public PduReader(InputStream in, int longestData) {
        this.in = in;
        this.longestData = longestData;
    }

    /**
     * Waits for the first byte of a data unit.
     *
     * @return it, or -1 if the peer has closed the connection
     */
    public int awaitType() throws IOException {
        return in.read();
    }

    /** Waits for a data unit and reads it; null if the peer has closed the connection. */
    public @Nullable Pdu read() throws IOException, PduException {
        int type = awaitType();
        return type < 0 ? null : readRest(type);
    }

    /**
     * Reads the data unit whose first byte has been read.
     *
     * @throws EOFException if the connection ends inside it
     * @throws PduException if it is none, or longer than its kind may be
     */
    public Pdu readRest(int type) throws IOException, PduException {
        byte[] head = in.readNBytes(HEADER_AFTER_TYPE);
        if (head.length < HEADER_AFTER_TYPE) {
            throw new EOFException("The connection ended inside a PDU header");
        }
        var header = new PduBytes(head, "PDU header");
        header.skip(1);
        long length = header.u32();
        int longest = longest(type);
        if (length > longest) {
            throw new PduException(
                    AbortReason.INVALID_PARAMETER,
                    "PDU of type %02XH declares %d bytes (expected: at most %d)".formatted(type, length, longest));
        }
        byte[] body = in.readNBytes((int) length);
        if (body.length < length) {
            throw new EOFException("The connection ended inside a PDU of " + length + " bytes");
        }
        return PduDecoder.decode(type, body);
    }

    private int longest(int type) throws PduException {
        return switch (type) {
            case PduType.ASSOCIATE_RQ, PduType.ASSOCIATE_AC -> LONGEST_REQUEST;
            case PduType.DATA_TF -> longestData;
            case PduType.ASSOCIATE_RJ, PduType.RELEASE_RQ, PduType.RELEASE_RP, PduType.ABORT -> LONGEST_OTHER;
            default ->
                throw new PduException(
                        AbortReason.UNRECOGNIZED_PDU, "PDU of type %02XH (expected: 01H to 07H)".formatted(type));
        };
    }
}
