package org.ctstream.imaging.decode;

/** The container formats that are told apart by their first bytes; a file's name or declared type is never asked. */
public enum ScanFormat {
    DICOM("application/dicom"),
    PNG("image/png"),
    JPEG("image/jpeg"),
    TIFF("image/tiff"),
    BMP("image/bmp");

    private final String mediaType;

    ScanFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** IANA media type. */
    public String mediaType() {
        return mediaType;
    }
}
