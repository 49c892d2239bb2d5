package org.ctstream.gateway.pdu;

import java.io.ByteArrayOutputStream;

/**
 * A presentation data value: a part of a command or of a data set.
 *
 * @param contextId presentation context it belongs to
 * @param command whether it is of a command
 * @param last whether it is the last of its command or data set
 * @param bytes of the whole data unit, shared
 * @param offset where the part begins
 * @param length of the part
 * @see "DICOM PS3.8 9.3.5.1 and Annex E.2, Presentation Data Value Item"
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record Fragment(int contextId, boolean command, boolean last, byte[] bytes, int offset, int length) {
    /** Adds the part to what came before. */
    public void writeTo(ByteArrayOutputStream out) {
        out.write(bytes, offset, length);
    }
}
