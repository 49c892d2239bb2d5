package org.ctstream.sink.hl7;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a receiver says of a message, of whatever version and with whatever else in it. Read here and not by a library:
 * the answer comes from outside, and the library's reader takes XML for an answer too, with all that XML may refer to.
 *
 * @param code MSA-1
 * @param controlId MSA-2, the message that is meant
 */
record Acknowledgement(String code, String controlId) {
    private static final String HEADER = "MSH";
    private static final String SEGMENT = "MSA";
    private static final Pattern SEGMENT_END = Pattern.compile("[\r\n]+");

    /** Reads an answer; empty if it is no acknowledgement. */
    static Optional<Acknowledgement> parse(String answer) {
        String text = answer.strip();
        if (!text.startsWith(HEADER) || text.length() == HEADER.length()) {
            return Optional.empty();
        }
        String separator = text.substring(HEADER.length(), HEADER.length() + 1);
        for (String segment : SEGMENT_END.split(text, -1)) {
            String[] fields = segment.split(Pattern.quote(separator), -1);
            if (fields[0].equals(SEGMENT) && fields.length > 2) {
                return Optional.of(new Acknowledgement(fields[1].strip(), fields[2].strip()));
            }
        }
        return Optional.empty();
    }
}
