package org.ctstream.gateway.stow;

import java.util.List;

/**
 * A data element of a response.
 *
 * @param tag eight hexadecimal digits
 * @param keyword the standard's
 * @param values text, for numbers too; empty for sequences
 * @param items of a sequence
 */
record Attribute(String tag, String vr, String keyword, List<String> values, List<List<Attribute>> items) {
    Attribute {
        values = List.copyOf(values);
        items = items.stream().map(List::copyOf).toList();
    }

    static Attribute empty(String tag, String vr, String keyword) {
        return new Attribute(tag, vr, keyword, List.of(), List.of());
    }

    static Attribute of(String tag, String vr, String keyword, String value) {
        return new Attribute(tag, vr, keyword, List.of(value), List.of());
    }

    static Attribute sequence(String tag, String keyword, List<List<Attribute>> items) {
        return new Attribute(tag, "SQ", keyword, List.of(), items);
    }
}
