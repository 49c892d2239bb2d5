package org.ctstream.imaging.dicom;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.ctstream.imaging.bounds.ByteWindow;
import org.ctstream.imaging.bounds.DecodeDeadline;
import org.ctstream.imaging.bounds.DecodeLimits;
import org.ctstream.imaging.bounds.ScanDecodeException;
import org.ctstream.imaging.bounds.ScanDecodeException.Reason;

/**
 * Writes a DICOM file anew with its pixels and what it takes to read them, and nothing else of its header; see {@link
 * KeptElements} for what stays. The preamble, sequences, overlays, private elements and what follows the pixels go. The
 * same file always becomes the same bytes.
 *
 * <p>Pixels are copied as they are: a name burned into them would stay, so a file that says so is refused.
 *
 * <p>Thread-safe: it keeps nothing between calls.
 *
 * @see "DICOM PS3.15 E.1, Basic Application Level Confidentiality Profile"
 */
public final class DicomDeidentifier {

    private static final int PREAMBLE = 128;
    private static final int SOP_CLASS = 0x00080016;
    private static final int SOP_INSTANCE = 0x00080018;
    private static final int IDENTITY_REMOVED = 0x00120062;
    private static final int METHOD = 0x00120063;
    private static final int BURNED_IN_ANNOTATION = 0x00280301;
    private static final String IMPLEMENTATION_UID = "2.25.170203471229114843301427650325938291045";
    private static final String SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7";
    private static final int UID_BYTES = 16;

    private final DecodeLimits limits;

    public DicomDeidentifier(DecodeLimits limits) {
        this.limits = limits;
    }

    /**
     * A file without what identifies a patient, and apart from it what did.
     *
     * @param file a Part 10 file
     * @param identity the header fields that ctstream makes pseudonyms of, raw
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    public record Deidentified(byte[] file, DicomIdentity identity) {}

    /**
     * @throws ScanDecodeException if the file's structure cannot be read, or text is burned into its pixels; its contents
     *     then must not be sent on
     */
    public Deidentified deidentify(ByteWindow file, DecodeDeadline deadline) throws ScanDecodeException {
        DicomFile parsed = DicomFile.parse(file, limits, deadline);
        byte[] pixels = encoded(parsed, parsed.pixelData(), deadline);
        String instance = instanceUid(pixels);
        String sopClass = SECONDARY_CAPTURE;
        ElementCopy body = new ElementCopy(parsed.syntax().explicitVr, parsed.syntax().bigEndian);
        int marked = 0;
        DicomBytes bytes = parsed.bytes();
        SequenceSkipper skipper = new SequenceSkipper(deadline);
        long offset = 0;
        for (ElementHeader element = ElementHeader.at(bytes, offset);
                element.tag() != parsed.pixelData().tag();
                element = ElementHeader.at(bytes, offset)) {
            deadline.check("DICOM");
            refuseBurnedIn(element, bytes);
            long end = skipper.skip(bytes, element);
            marked = mark(body, instance, element.tag(), marked);
            if (KeptElements.keeps(element, bytes)) {
                body.copy(bytes.window().copy(offset, end - offset, "DICOM element"));
                if (element.tag() == SOP_CLASS) {
                    sopClass = bytes.window()
                            .text(element.valueOffset(), element.length(), "SOPClassUID")
                            .replace("\0", "");
                }
            }
            offset = end;
        }
        mark(body, instance, parsed.pixelData().tag(), marked);
        body.copy(pixels);
        return new Deidentified(
                whole(parsed.syntax(), sopClass, instance, body.bytes()), IdentityFields.of(parsed.dataSet()));
    }

    /**
     * Writes what says that this is an instance of its own, no longer the patient's, as PS3.15 E.1.1 wants it: each mark
     * before the first element whose tag is not below its own.
     *
     * @return how many of the marks are written
     */
    private static int mark(ElementCopy body, String instance, int before, int written) {
        int marked = written;
        if (marked == 0 && Integer.compareUnsigned(before, SOP_INSTANCE) >= 0) {
            body.text(SOP_INSTANCE, "UI", instance);
            marked = 1;
        }
        if (marked == 1 && Integer.compareUnsigned(before, IDENTITY_REMOVED) >= 0) {
            body.text(IDENTITY_REMOVED, "CS", "YES");
            body.text(METHOD, "LO", "ctstream: allow-list beyond PS3.15 E.1");
            marked = 2;
        }
        return marked;
    }

    private static byte[] whole(TransferSyntax syntax, String sopClass, String instance, byte[] body) {
        ElementCopy meta = new ElementCopy(true, false);
        meta.metaVersion();
        meta.text(0x00020002, "UI", sopClass);
        meta.text(0x00020003, "UI", instance);
        // A deflated data set was inflated, and stays so.
        meta.text(
                DicomTag.TransferSyntaxUID.value(),
                "UI",
                syntax == TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN
                        ? TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid
                        : syntax.uid);
        meta.text(0x00020012, "UI", IMPLEMENTATION_UID);
        ElementCopy length = new ElementCopy(true, false);
        length.metaLength(meta.bytes().length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[PREAMBLE]);
        out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(length.bytes());
        out.writeBytes(meta.bytes());
        out.writeBytes(body);
        return out.toByteArray();
    }

    private static byte[] encoded(DicomFile file, ElementHeader pixels, DecodeDeadline deadline)
            throws ScanDecodeException {
        DicomBytes bytes = file.bytes();
        long end = new SequenceSkipper(deadline).skip(bytes, pixels);
        long header = pixels.valueOffset() - start(bytes, pixels);
        return bytes.window().copy(pixels.valueOffset() - header, end - pixels.valueOffset() + header, "PixelData");
    }

    /** Where the element's header begins: 8 bytes before its value, or 12 where VRs are written, for it is of a long form. */
    private static long start(DicomBytes bytes, ElementHeader pixels) throws ScanDecodeException {
        long shortForm = pixels.valueOffset() - 8;
        return bytes.explicitVr() && bytes.tag(shortForm, "PixelData") != pixels.tag()
                ? pixels.valueOffset() - 12
                : shortForm;
    }

    private static void refuseBurnedIn(ElementHeader element, DicomBytes bytes) throws ScanDecodeException {
        if (element.tag() == BURNED_IN_ANNOTATION
                && !element.undefinedLength()
                && bytes.window()
                        .text(element.valueOffset(), Math.min(element.length(), UID_BYTES), "BurnedInAnnotation")
                        .strip()
                        .equals("YES")) {
            throw new ScanDecodeException(
                    Reason.UNSUPPORTED_LAYOUT,
                    "BurnedInAnnotation (0028,0301)",
                    "the file says that text is burned into its pixels, which may name the patient",
                    "export the original image without annotations");
        }
    }

    /** From the pixels, so that a file published twice is the same scan content twice. */
    private static String instanceUid(byte[] pixels) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(pixels);
            return "2.25." + new BigInteger(1, Arrays.copyOf(digest, UID_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
