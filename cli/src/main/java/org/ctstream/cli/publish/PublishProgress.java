package org.ctstream.cli.publish;

import java.io.PrintWriter;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.ctstream.cli.console.Terminal;
import org.ctstream.publisher.PublishListener;
import org.ctstream.publisher.Receipt;
import org.ctstream.publisher.Refusal;
import org.jspecify.annotations.Nullable;

/** Shows how many of the inputs are answered; passes the answers on. Safe for use by several threads. */
final class PublishProgress implements PublishListener, AutoCloseable {
    private static final int BAR_INTERVAL_MS = 200;
    private static final int LINE_INTERVAL_MS = 3_000;
    private static final int LINE_WIDTH = 80;

    private final PublishListener next;
    private final @Nullable ProgressBar bar;

    PublishProgress(PublishListener next, ProgressOption option, String task, long total, PrintWriter err) {
        this.next = next;
        boolean drawn = option == ProgressOption.BAR || (option == ProgressOption.AUTO && Terminal.isInteractive());
        if (option == ProgressOption.NONE) {
            this.bar = null;
            return;
        }
        var builder =
                new ProgressBarBuilder().setTaskName(task).setInitialMax(total).setStyle(ProgressBarStyle.ASCII);
        this.bar = drawn
                ? builder.setUpdateIntervalMillis(BAR_INTERVAL_MS)
                        .setConsumer(new ConsoleProgressBarConsumer(System.err))
                        .build()
                : builder.setUpdateIntervalMillis(LINE_INTERVAL_MS)
                        .setConsumer(new DelegatingProgressBarConsumer(
                                line -> {
                                    err.println(line);
                                    err.flush();
                                },
                                LINE_WIDTH))
                        .build();
    }

    @Override
    public void published(Receipt receipt) {
        next.published(receipt);
        step();
    }

    @Override
    public void refused(Refusal refusal) {
        next.refused(refusal);
        step();
    }

    private void step() {
        if (bar != null) {
            bar.step();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
