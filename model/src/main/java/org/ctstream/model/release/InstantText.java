package org.ctstream.model.release;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/** Instants as ISO-8601 text, which is all of Jackson's date module that a manifest needs. */
final class InstantText extends StdScalarDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    InstantText() {
        super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        String text = parser.getValueAsString("");
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return (Instant) context.handleWeirdStringValue(Instant.class, text, "expected an ISO-8601 instant");
        }
    }
}
