package org.ctstream.service.claims;

/** Names of kept scans: {@code ab/abcdef…}, so that no folder gets more entries than file systems like. */
final class ObjectName {
    private static final int DIGITS_OF_FOLDER = 2;

    private ObjectName() {}

    static String of(String sha256) {
        return folder(sha256) + "/" + sha256;
    }

    static String folder(String sha256) {
        return sha256.substring(0, DIGITS_OF_FOLDER);
    }
}
