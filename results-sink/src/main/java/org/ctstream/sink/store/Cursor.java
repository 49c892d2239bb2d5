package org.ctstream.sink.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A place in the list of results, newest first: behind the result with this time and id. Results stored later do not
 * shift it, as a page number would be.
 */
public record Cursor(Instant storedAt, String resultId) {
    private static final Base64.Encoder TO_TEXT = Base64.getUrlEncoder().withoutPadding();

    /** The URL-safe text clients hand back. */
    public String text() {
        return TO_TEXT.encodeToString((storedAt.toEpochMilli() + ":" + resultId).getBytes(UTF_8));
    }

    /** The cursor a client handed back, or empty if we never made such a one. */
    public static Optional<Cursor> parse(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), UTF_8).split(":", 2);
            if (parts.length < 2 || parts[1].isEmpty()) {
                return Optional.empty();
            }
            var cursor = new Cursor(Instant.ofEpochMilli(Long.parseLong(parts[0])), parts[1]);
            return cursor.text().equals(text) && cursor.isStorable() ? Optional.of(cursor) : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** PostgreSQL knows neither times far out nor the character zero. */
    private boolean isStorable() {
        return storedAt.isAfter(Instant.EPOCH.minusMillis(1))
                && storedAt.isBefore(Instant.parse("9999-12-31T00:00:00Z"))
                && resultId.indexOf('\0') < 0;
    }
}
