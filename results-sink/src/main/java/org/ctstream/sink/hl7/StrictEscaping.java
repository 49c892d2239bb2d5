package org.ctstream.sink.hl7;

import ca.uhn.hl7v2.parser.DefaultEscaping;
import ca.uhn.hl7v2.parser.EncodingCharacters;
import ca.uhn.hl7v2.parser.Escaping;

/**
 * Escapes every delimiter, wherever it stands, and makes control characters spaces. HAPI's own escaping leaves alone what
 * looks like a formatting command, such as {@code \X..\}, with the delimiters and line ends in it: a text from outside
 * could add segments to a message, or end its MLLP block.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 *
 * @see "HL7 Version 2.5.1, Chapter 2, 2.7 Use of escape sequences in text fields"
 */
final class StrictEscaping implements Escaping {
    private static final Escaping READING = new DefaultEscaping();
    private static final char NONE = 0;

    @Override
    public String escape(String text, EncodingCharacters delimiters) {
        var escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char code = code(c, delimiters);
            if (code != NONE) {
                escaped.append(delimiters.getEscapeCharacter()).append(code).append(delimiters.getEscapeCharacter());
            } else {
                escaped.append(Character.isISOControl(c) ? ' ' : c);
            }
        }
        return escaped.toString();
    }

    @Override
    public String unescape(String text, EncodingCharacters delimiters) {
        return READING.unescape(text, delimiters);
    }

    private static char code(char c, EncodingCharacters delimiters) {
        if (c == delimiters.getFieldSeparator()) {
            return 'F';
        }
        if (c == delimiters.getComponentSeparator()) {
            return 'S';
        }
        if (c == delimiters.getSubcomponentSeparator()) {
            return 'T';
        }
        if (c == delimiters.getRepetitionSeparator()) {
            return 'R';
        }
        return c == delimiters.getEscapeCharacter() ? 'E' : NONE;
    }
}
