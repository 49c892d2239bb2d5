package org.ctstream.cli.demo;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on a terminal; on standard error, since standard output is for the report. */
final class BarView implements ProgressView {
    private static final int INTERVAL_MS = 200;

    private final ProgressBar bar;

    BarView(int total) {
        this.bar = new ProgressBarBuilder()
                .setTaskName("Scans")
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(INTERVAL_MS)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build();
    }

    @Override
    public void show(Progress progress) {
        bar.stepTo(progress.done());
        bar.setExtraMessage(progress.deadLettered() == 0 ? "" : progress.deadLettered() + " dead letters");
    }

    @Override
    public void close() {
        bar.close();
    }
}
