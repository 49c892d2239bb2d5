package org.ctstream.cli.publish;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.ctstream.cli.console.Json;
import org.ctstream.publisher.PublishListener;
import org.ctstream.publisher.Receipt;
import org.ctstream.publisher.Refusal;

/**
 * Writes receipts as JSON lines and refusals as messages, and counts both.
 *
 * <h2>Thread safety</h2>
 * Safe for use by several threads.
 */
final class ReceiptLog implements PublishListener {
    private final PrintWriter receipts;
    private final PrintWriter messages;
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    ReceiptLog(PrintWriter receipts, PrintWriter messages) {
        this.receipts = receipts;
        this.messages = messages;
    }

    @Override
    public void published(Receipt receipt) {
        published.incrementAndGet();
        receipts.println(Json.line(receipt));
    }

    @Override
    public void refused(Refusal refusal) {
        refused.incrementAndGet();
        messages.println("Refused " + refusal.path() + ": " + refusal.reason());
        messages.flush();
    }

    long published() {
        return published.get();
    }

    long refused() {
        return refused.get();
    }
}
