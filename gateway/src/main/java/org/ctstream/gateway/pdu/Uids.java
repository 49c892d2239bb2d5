package org.ctstream.gateway.pdu;

import java.util.regex.Pattern;

/**
 * Unique identifiers, as text.
 *
 * @see "DICOM PS3.5 9.1, UID Encoding Rules"
 */
public final class Uids {
    public static final int MAX_LENGTH = 64;

    /** Leading zeros of components are against the rules, and old devices send them. */
    private static final Pattern FORM = Pattern.compile("[0-9]+(\\.[0-9]+)*");

    private Uids() {}

    /** Without the NUL or the blanks that make lengths even. */
    public static String unpadded(String uid) {
        int end = uid.length();
        while (end > 0 && (uid.charAt(end - 1) == '\0' || uid.charAt(end - 1) == ' ')) {
            end--;
        }
        return uid.substring(0, end);
    }

    /** Whether the text is one. */
    public static boolean isUid(String text) {
        return text.length() <= MAX_LENGTH && FORM.matcher(text).matches();
    }
}
