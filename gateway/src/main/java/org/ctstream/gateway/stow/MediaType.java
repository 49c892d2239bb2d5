package org.ctstream.gateway.stow;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The value of a Content-Type header.
 *
 * @param name type and subtype in lower case
 * @param parameters by their names in lower case
 * @see "RFC 9110 8.3.1, Media Type"
 */
record MediaType(String name, Map<String, String> parameters) {
    MediaType {
        parameters = Map.copyOf(parameters);
    }

    /** Empty if the text is none. */
    static Optional<MediaType> parse(String header) {
        int end = header.indexOf(';');
        String name = (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        if (name.isEmpty() || name.indexOf('/') < 1) {
            return Optional.empty();
        }
        var parameters = new HashMap<String, String>();
        int at = end;
        while (at >= 0 && at < header.length()) {
            int equals = header.indexOf('=', at);
            if (equals < 0) {
                break;
            }
            String key = header.substring(at + 1, equals).strip().toLowerCase(Locale.ROOT);
            int from = equals + 1;
            boolean quoted = from < header.length() && header.charAt(from) == '"';
            int to = quoted ? header.indexOf('"', from + 1) : header.indexOf(';', from);
            if (quoted && to < 0) {
                return Optional.empty();
            }
            String value = header.substring(quoted ? from + 1 : from, to < 0 ? header.length() : to);
            parameters.putIfAbsent(key, quoted ? value : value.strip());
            at = quoted ? header.indexOf(';', to) : to;
        }
        return Optional.of(new MediaType(name, parameters));
    }

    Optional<String> parameter(String key) {
        return Optional.ofNullable(parameters.get(key));
    }
}
