package org.ctstream.imaging.dicom;

import java.util.HexFormat;

/** The attributes the reader looks at, by the standard's keywords (DICOM PS3.6); every other one is skipped unread. */
enum DicomTag {
    TransferSyntaxUID(0x0002, 0x0010),
    SOPInstanceUID(0x0008, 0x0018),
    AcquisitionDate(0x0008, 0x0022),
    AcquisitionDateTime(0x0008, 0x002A),
    AcquisitionTime(0x0008, 0x0032),
    Modality(0x0008, 0x0060),
    TimezoneOffsetFromUTC(0x0008, 0x0201),
    PatientID(0x0010, 0x0020),
    StudyInstanceUID(0x0020, 0x000D),
    SeriesInstanceUID(0x0020, 0x000E),
    SamplesPerPixel(0x0028, 0x0002),
    PhotometricInterpretation(0x0028, 0x0004),
    PlanarConfiguration(0x0028, 0x0006),
    NumberOfFrames(0x0028, 0x0008),
    Rows(0x0028, 0x0010),
    Columns(0x0028, 0x0011),
    BitsAllocated(0x0028, 0x0100),
    BitsStored(0x0028, 0x0101),
    HighBit(0x0028, 0x0102),
    PixelRepresentation(0x0028, 0x0103),
    PixelPaddingValue(0x0028, 0x0120),
    WindowCenter(0x0028, 0x1050),
    WindowWidth(0x0028, 0x1051),
    RescaleIntercept(0x0028, 0x1052),
    RescaleSlope(0x0028, 0x1053),
    RescaleType(0x0028, 0x1054),
    VOILUTFunction(0x0028, 0x1056),
    PixelData(0x7FE0, 0x0010);

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    final int group;
    final int element;

    DicomTag(int group, int element) {
        this.group = group;
        this.element = element;
    }

    int value() {
        return (group << 16) | element;
    }

    /** Keyword and number, as messages name an attribute. */
    String display() {
        return name() + " " + display(value());
    }

    /** Without the formatter, which takes long for a name that each of millions of elements is given in case it fails. */
    static String display(int tag) {
        return "(" + HEX.toHexDigits((short) (tag >>> 16)) + "," + HEX.toHexDigits((short) tag) + ")";
    }
}
