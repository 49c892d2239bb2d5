package org.ctstream.cli.security;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Looks for words in bytes: as UTF-8 in any case, as UTF-16, in base64 at any alignment, as hexadecimal digits. */
final class Traces {
    private final Map<String, byte[]> patterns = new LinkedHashMap<>();

    Traces(List<String> words) {
        for (String word : words) {
            add(word, word);
            add(word + " in lower case", word.toLowerCase(Locale.ROOT));
            add(word + " in upper case", word.toUpperCase(Locale.ROOT));
            patterns.put(word + " in UTF-16BE", word.getBytes(UTF_16BE));
            patterns.put(word + " in UTF-16LE", word.getBytes(UTF_16LE));
            var hex = new StringBuilder();
            for (byte b : word.getBytes(UTF_8)) {
                hex.append("%02x".formatted(b));
            }
            add(word + " in hexadecimal", hex.toString());
            for (int shift = 0; shift < 3; shift++) {
                add(word + " in base64 at " + shift, base64(word, shift));
            }
        }
    }

    /** What was found, in words; empty if nothing was. */
    List<String> in(byte[] bytes) {
        var found = new ArrayList<String>();
        patterns.forEach((name, pattern) -> {
            if (contains(bytes, pattern)) {
                found.add(name);
            }
        });
        return found;
    }

    List<String> in(String text) {
        return in(text.getBytes(UTF_8));
    }

    private void add(String name, String pattern) {
        patterns.put(name, pattern.getBytes(UTF_8));
    }

    /** Those digits that the word alone decides when it begins at byte {@code shift} of a group of three. */
    private static String base64(String word, int shift) {
        byte[] bytes = word.getBytes(UTF_8);
        byte[] shifted = new byte[bytes.length + shift];
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        String all = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int from = (shift * 8 + 5) / 6;
        int to = shifted.length * 8 / 6;
        return all.substring(from, to);
    }

    private static boolean contains(byte[] bytes, byte[] pattern) {
        for (int i = 0; i <= bytes.length - pattern.length; i++) {
            int j = 0;
            while (j < pattern.length && bytes[i + j] == pattern[j]) {
                j++;
            }
            if (j == pattern.length) {
                return true;
            }
        }
        return false;
    }
}
