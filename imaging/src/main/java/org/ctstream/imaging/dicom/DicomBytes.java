package org.ctstream.imaging.dicom;

import org.ctstream.imaging.bounds.ByteWindow;
import org.ctstream.imaging.bounds.ScanDecodeException;

/** Encoded data elements with the two things one must know to read them: byte order and whether VRs are written. */
record DicomBytes(ByteWindow window, boolean explicitVr, boolean bigEndian) {

    int u16(long offset, String field) throws ScanDecodeException {
        return bigEndian ? window.u16be(offset, field) : window.u16le(offset, field);
    }

    long u32(long offset, String field) throws ScanDecodeException {
        return bigEndian ? window.u32be(offset, field) : window.u32le(offset, field);
    }

    /** Group and element number in one int, the group in the upper half. */
    int tag(long offset, String field) throws ScanDecodeException {
        return (u16(offset, field) << 16) | u16(offset + 2, field);
    }

    /** The same bytes read as Implicit VR Little Endian, in which an element of unknown VR and length is written. */
    DicomBytes asImplicit() {
        return new DicomBytes(window, false, false);
    }
}
