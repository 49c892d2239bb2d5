package org.ctstream.cli.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.ctstream.schemas.avro.LetterRedriven;
import org.ctstream.service.deadletter.DeadLetterHeaders;
import org.ctstream.service.text.Bytes;

/** A dead letter as text for people. */
final class LetterText {
    private LetterText() {}

    static void print(Letter letter, List<LetterRedriven> redrives, PrintWriter out) {
        out.println("letter    " + letter.id());
        out.println("scan      " + safe(letter.about().scanId()));
        out.println("time      " + letter.time());
        out.println("value     " + Bytes.text(letter.size()));
        out.println("redrives  " + letter.about().redrives());
        for (LetterRedriven redrive : redrives) {
            if (LetterKey.of(redrive).equals(LetterKey.of(letter))) {
                out.println("redrive   " + redrive.getRedrivenAt() + " " + redrive.getOutcome() + " by "
                        + safe(redrive.getRedrivenBy()) + ": " + safe(redrive.getReason()));
            }
        }
        String stackTrace = null;
        for (Header header : letter.raw().headers()) {
            String value = header.value() == null ? "" : new String(header.value(), UTF_8);
            if (header.key().equals(DeadLetterHeaders.STACKTRACE)) {
                stackTrace = value;
            } else {
                out.println("  " + safe(header.key()) + " = " + safe(value));
            }
        }
        if (stackTrace != null) {
            out.println("  " + DeadLetterHeaders.STACKTRACE + " =");
            stackTrace.lines().forEach(line -> out.println("    " + safe(line.replace("\t", "  "))));
        }
        out.println();
    }

    /** Headers come from outside: none of them may drive the terminal. */
    private static String safe(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
