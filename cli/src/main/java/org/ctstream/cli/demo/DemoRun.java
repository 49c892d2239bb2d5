package org.ctstream.cli.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ctstream.cli.CliException;
import org.ctstream.cli.stack.LocalStack;
import org.ctstream.publisher.PublishSettings;
import org.ctstream.publisher.ScanInput;
import org.ctstream.publisher.ScanPublisher;
import org.ctstream.schemas.topic.Topic;

/** Publishes the inputs to a running stack and follows every scan to its end. */
final class DemoRun {
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration SETTLE = Duration.ofSeconds(10);
    private static final String POSITIVE = "POSITIVE";

    private final LocalStack stack;
    private final List<ScanInput> inputs;
    private final PublishSettings publishing;
    private final Duration stallLimit;
    private final SinkClient sink;
    private final Published published = new Published();
    private final TopicTally tally = new TopicTally();

    DemoRun(LocalStack stack, List<ScanInput> inputs, PublishSettings publishing, Duration stallLimit) {
        this.stack = stack;
        this.inputs = List.copyOf(inputs);
        this.publishing = publishing;
        this.stallLimit = stallLimit;
        this.sink = new SinkClient(stack.sink().url(), stack.httpUserInfo());
    }

    /**
     * Runs to the end, or until nothing moves any more.
     *
     * @param trouble hears why the run was given up, if it was
     * @return what became of every scan, also of those that got nowhere
     */
    Report run(Supplier<ProgressView> views, Consumer<String> trouble) {
        Instant begun = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        long startNanos = System.nanoTime();
        long storedBefore = sink.stored();
        try (var watch = TopicWatch.fromNow(stack.connection(), tally);
                var publisher = new Publishing(
                        inputs, ScanPublisher.open(stack.publisher().publishTarget(), publishing, published))) {
            List<StoredResult> results;
            try (ProgressView view = views.get()) {
                results = follow(watch, publisher, view, begun, storedBefore, trouble);
            }
            Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
            settle(watch, results);
            return new Accounting(published.sources(), published.refusals(), tally).report(sink.since(begun), elapsed);
        }
    }

    private List<StoredResult> follow(
            TopicWatch watch,
            Publishing publisher,
            ProgressView view,
            Instant begun,
            long storedBefore,
            Consumer<String> trouble) {
        var stall = new StallDetector(stallLimit, System::nanoTime);
        while (true) {
            watch.poll(TICK);
            Progress progress = progress(storedBefore);
            view.show(progress);
            if (publisher.isDone() && allReached(progress)) {
                List<StoredResult> results = sink.since(begun);
                if (allEnded(results)) {
                    view.show(progress(storedBefore));
                    return results;
                }
            }
            stack.failure().ifPresent(why -> {
                throw CliException.failure(why, null);
            });
            if (stall.isStalled(progress)) {
                trouble.accept(StallDiagnosis.of(progress, stack.roles()));
                return sink.since(begun);
            }
        }
    }

    private Progress progress(long storedBefore) {
        return new Progress(
                inputs.size(),
                published.count(),
                tally.scansOn(Topic.SCAN_NORMALIZED, published::has),
                tally.scansOn(Topic.SCAN_CLASSIFIED, published::has),
                Math.max(0, sink.stored() - storedBefore),
                tally.deadLettered(published::has).size());
    }

    /** Cheap to ask each time, unlike the sink's whole list. */
    private static boolean allReached(Progress progress) {
        return progress.classified() + progress.deadLettered() >= progress.published();
    }

    private boolean allEnded(List<StoredResult> results) {
        var open = new HashSet<>(published.scanIds());
        results.forEach(result -> open.remove(result.scanId()));
        open.removeAll(tally.deadLettered(published::has));
        return open.isEmpty();
    }

    /** A duplicate or an alert may still be on its way when the last result is stored. */
    private void settle(TopicWatch watch, List<StoredResult> results) {
        long deadline = System.nanoTime() + SETTLE.toNanos();
        watch.catchUp(SETTLE);
        while (System.nanoTime() - deadline < 0 && results.stream().anyMatch(this::awaitsAlert)) {
            watch.poll(TICK);
        }
    }

    private boolean awaitsAlert(StoredResult result) {
        return POSITIVE.equals(result.label())
                && published.has(result.scanId())
                && !tally.isOn(Topic.SCAN_ALERTED, result.scanId());
    }
}
