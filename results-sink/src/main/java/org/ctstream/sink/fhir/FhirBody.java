package org.ctstream.sink.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import org.ctstream.sink.store.AlertedScan;
import org.ctstream.sink.webhook.AlertBody;

/**
 * An alert as a FHIR R4 Bundle in JSON.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class FhirBody implements AlertBody {
    @Override
    public String contentType() {
        return "application/fhir+json";
    }

    @Override
    public byte[] of(AlertedScan alert) {
        // A parser is for one thread.
        IParser parser = Lazy.CONTEXT.newJsonParser();
        parser.setParserErrorHandler(new StrictErrorHandler());
        return parser.encodeResourceToString(FhirReport.of(alert)).getBytes(UTF_8);
    }

    /** Takes some hundred milliseconds and megabytes, which a sink without FHIR does not spend. */
    private static final class Lazy {
        private static final FhirContext CONTEXT = FhirContext.forR4();
    }
}
