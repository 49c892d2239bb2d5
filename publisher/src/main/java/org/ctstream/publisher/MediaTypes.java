package org.ctstream.publisher;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Media types by file name extension: a hint for people, since ingest decides by content. */
public final class MediaTypes {
    private static final Map<String, String> BY_EXTENSION = Map.of(
            "dcm", "application/dicom",
            "dicom", "application/dicom",
            "png", "image/png",
            "jpg", "image/jpeg",
            "jpeg", "image/jpeg",
            "tif", "image/tiff",
            "tiff", "image/tiff",
            "bmp", "image/bmp");

    private MediaTypes() {}

    /** The media type, or null if the extension says nothing. */
    public static @Nullable String ofName(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return BY_EXTENSION.get(extension);
    }
}
