package org.ctstream.imaging.dicom;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.ctstream.imaging.bounds.ByteWindow;
import org.ctstream.imaging.bounds.DecodeDeadline;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;

/**
 * A Part 10 file taken apart: its transfer syntax, the attributes the reader wants, and where the pixels lie. Nothing is
 * copied but a deflated data set.
 *
 * @param pixelData the element PixelData, whose length is undefined if its frames are encapsulated
 * @see "DICOM PS3.10 7, DICOM File Format"
 */
record DicomFile(TransferSyntax syntax, DicomDataSet dataSet, DicomBytes bytes, ElementHeader pixelData) {

    private static final int PREAMBLE = 128;
    private static final byte[] MAGIC = "DICM".getBytes(StandardCharsets.US_ASCII);
    private static final int META_GROUP = 0x0002;
    private static final Map<Integer, DicomTag> WANTED = wanted();

    static boolean startsAs(ByteWindow file) {
        return file.matches(PREAMBLE, MAGIC);
    }

    static DicomFile parse(ByteWindow file, DecodeLimits limits, DecodeDeadline deadline) throws ScanDecodeException {
        DicomBytes meta = new DicomBytes(file, true, false);
        DicomDataSet metaSet = new DicomDataSet(false);
        long offset = (long) PREAMBLE + MAGIC.length;
        while (offset < file.length() && meta.u16(offset, "DICOM file meta information") == META_GROUP) {
            ElementHeader element = ElementHeader.at(meta, offset);
            keep(metaSet, meta, element);
            offset = element.end();
        }
        TransferSyntax syntax = TransferSyntax.of(metaSet.requiredText(DicomTag.TransferSyntaxUID));
        ByteWindow rest = file.slice(offset, file.length() - offset, "DICOM data set");
        ByteWindow body = syntax == TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN
                ? DeflatedDataSet.inflate(rest, limits, deadline)
                : rest;
        return parseBody(syntax, new DicomBytes(body, syntax.explicitVr, syntax.bigEndian), deadline);
    }

    private static DicomFile parseBody(TransferSyntax syntax, DicomBytes bytes, DecodeDeadline deadline)
            throws ScanDecodeException {
        DicomDataSet dataSet = new DicomDataSet(syntax.bigEndian);
        SequenceSkipper skipper = new SequenceSkipper(deadline);
        long offset = 0;
        while (offset < bytes.window().length()) {
            deadline.check("DICOM");
            ElementHeader element = ElementHeader.at(bytes, offset);
            if (element.tag() == DicomTag.PixelData.value()) {
                return new DicomFile(syntax, dataSet, bytes, element);
            }
            if (element.undefinedLength()) {
                offset = skipper.skip(bytes, element);
            } else {
                keep(dataSet, bytes, element);
                offset = element.end();
            }
        }
        throw DicomDataSet.missing(DicomTag.PixelData);
    }

    /** Checks that the value lies inside the file and keeps it if it is wanted. */
    private static void keep(DicomDataSet dataSet, DicomBytes bytes, ElementHeader element) throws ScanDecodeException {
        DicomTag tag = WANTED.get(element.tag());
        String field = tag == null ? "DICOM element " + DicomTag.display(element.tag()) : tag.display();
        ByteWindow value = bytes.window().slice(element.valueOffset(), element.length(), field);
        Optional.ofNullable(tag).ifPresent(wanted -> dataSet.put(wanted, value));
    }

    private static Map<Integer, DicomTag> wanted() {
        Map<Integer, DicomTag> tags = new HashMap<>();
        for (DicomTag tag : DicomTag.values()) {
            tags.put(tag.value(), tag);
        }
        return Map.copyOf(tags);
    }
}
