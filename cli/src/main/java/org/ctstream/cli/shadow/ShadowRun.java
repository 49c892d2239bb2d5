package org.ctstream.cli.shadow;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.console.ReadProgress;
import org.ctstream.model.classify.Classifier;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.schemas.avro.ScanNormalized;
import org.ctstream.schemas.topic.Topic;
import org.jspecify.annotations.Nullable;

/**
 * Has the candidate classify the slices of a range and joins what it says with production's results. Reads in no group, commits
 * nothing and writes nothing: nobody notices.
 *
 * <h2>Thread safety</h2>
 * For one thread, once. An interrupt of that thread ends it with what there is so far.
 */
final class ShadowRun {
    private static final List<Topic> SLICES = List.of(Topic.SCAN_NORMALIZED, Topic.SCAN_NORMALIZED_STAT);
    private static final List<Topic> RESULTS = List.of(Topic.SCAN_CLASSIFIED);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration SHORT_POLL = Duration.ofMillis(20);
    /** Brokers' clocks differ: a result may seem older than its slice. */
    private static final Duration CLOCKS = Duration.ofMinutes(1);
    /** For results of slices that came last, and for reading results after an interrupt. */
    private static final Duration GRACE = Duration.ofSeconds(20);

    private static final Duration TELL_EACH = Duration.ofSeconds(30);
    private static final int MOST_WAITING_LIVE = 50_000;

    private final ShadowRange range;
    private final int most;
    private final Production production;
    private final ReadProgress progress;
    private final Consumer<String> tell;
    private final RangeReader<ScanNormalized> slices;
    private final Connection connection;
    private final ShadowJoin join;
    private final Skipped skipped = new Skipped();
    private final Set<ScanKey> seen = new HashSet<>();
    private final Set<ScanKey> byOthers = new HashSet<>();
    private long read;
    private @Nullable Instant from;
    private @Nullable Instant to;

    /**
     * @param slices of {@link #slices}, closed by the caller
     * @param most the most slices to read
     * @param tell is told now and then how far a live comparison is: a quiet stream moves no other progress
     */
    ShadowRun(
            Connection connection,
            RangeReader<ScanNormalized> slices,
            ShadowRange range,
            int most,
            Production production,
            ReadProgress progress,
            Consumer<String> tell) {
        this.connection = connection;
        this.slices = slices;
        this.range = range;
        this.most = most;
        this.production = production;
        this.progress = progress;
        this.tell = tell;
        boolean live = range instanceof ShadowRange.Live;
        this.join = new ShadowJoin(live ? MOST_WAITING_LIVE : most, live);
    }

    /** The slices of both lanes. */
    static RangeReader<ScanNormalized> slices(Connection connection) {
        return new RangeReader<>(connection, SLICES, ScanNormalized.class);
    }

    /**
     * Reads, classifies and joins.
     *
     * @param productionClassifier opens the release in production, to classify replayed slices it has no result of; null to
     *     leave them out
     */
    ShadowOutcome run(Classifier candidate, @Nullable Supplier<Classifier> productionClassifier) {
        var classifier = new SliceClassifier(
                candidate,
                (slice, answer) -> join.candidate(slice.key(), slice.scan().getSource(), answer));
        boolean partial = range instanceof ShadowRange.Live live
                ? !isDone(() -> live(classifier, live.time()))
                : !replay(classifier, productionClassifier);
        Set<ScanKey> waiting = join.waiting();
        long others = waiting.stream().filter(byOthers::contains).count();
        skipped.add(Skipped.Reason.NO_RESULT, waiting.size() - others);
        skipped.add(Skipped.Reason.OTHER_RELEASE, others);
        skipped.add(Skipped.Reason.FORGOTTEN, join.forgotten());
        skipped.add(Skipped.Reason.UNREADABLE, slices.unreadable());
        return new ShadowOutcome(
                join.compared(),
                skipped.byReason(),
                read + slices.unreadable(),
                from,
                to,
                classifier.latency(),
                partial);
    }

    /** False if it was broken off. */
    private boolean replay(SliceClassifier classifier, @Nullable Supplier<Classifier> productionClassifier) {
        boolean done = isDone(() -> {
            slices.seek(range);
            progress.begin("slices", Math.min(most, slices.left()));
            classify(classifier);
        });
        classifier.flush(); // what was in hand when it was broken off
        Instant first = from;
        if (first == null) {
            return done;
        }
        Duration patience = done ? null : GRACE;
        done &= isDone(() -> match(new ShadowRange.Between(first.minus(CLOCKS), null), patience));
        if (done && productionClassifier != null && join.waitingCount() > 0) {
            done = isDone(() -> classifyAsProduction(productionClassifier));
        }
        return done;
    }

    private void classify(SliceClassifier classifier) {
        while (!slices.isAtEnd() && read < most) {
            take(slices.poll(POLL), classifier);
        }
        classifier.flush();
    }

    private void take(List<RangeReader.Found<ScanNormalized>> found, SliceClassifier classifier) {
        for (RangeReader.Found<ScanNormalized> record : found) {
            if (read == most) {
                return;
            }
            read++;
            progress.step();
            from = from == null || record.at().isBefore(from) ? record.at() : from;
            to = to == null || record.at().isAfter(to) ? record.at() : to;
            var slice = new Slice(record.value(), record.at());
            if (!classifier.fits(slice)) {
                skipped.add(Skipped.Reason.ANOTHER_SIZE, 1);
            } else if (!seen.add(slice.key())) {
                skipped.add(Skipped.Reason.TWICE, 1);
            } else {
                classifier.add(slice);
            }
        }
    }

    /** @param limit longest time; null for as long as it takes */
    private void match(ShadowRange range, @Nullable Duration limit) {
        long began = System.nanoTime();
        try (var results = new RangeReader<>(connection, RESULTS, ScanClassified.class)) {
            results.seek(range);
            progress.begin("results", results.left());
            while (!results.isAtEnd()
                    && join.waitingCount() > 0
                    && (limit == null || System.nanoTime() - began < limit.toNanos())) {
                match(results, POLL);
            }
        }
    }

    private void match(RangeReader<ScanClassified> results, Duration wait) {
        for (RangeReader.Found<ScanClassified> found : results.poll(wait)) {
            ScanClassified result = found.value();
            var key = new ScanKey(result.getScanId(), result.getSourceDigest());
            progress.step();
            if (production.made(result)) {
                join.production(key, Answer.of(result.getLabel(), result.getProbability()));
            } else if (seen.contains(key)) {
                byOthers.add(key);
            }
        }
    }

    private void classifyAsProduction(Supplier<Classifier> opener) {
        Set<ScanKey> waiting = join.waiting();
        try (Classifier opened = opener.get()) {
            var classifier = new SliceClassifier(opened, (slice, answer) -> join.production(slice.key(), answer));
            Predicate<Slice> wanted = slice -> waiting.contains(slice.key()) && classifier.fits(slice);
            slices.rewind();
            progress.begin("slices without a result", waiting.size());
            while (!slices.isAtEnd() && join.waitingCount() > 0) {
                slices.poll(POLL).stream()
                        .map(found -> new Slice(found.value(), found.at()))
                        .filter(wanted)
                        .forEach(slice -> {
                            classifier.add(slice);
                            progress.step();
                        });
            }
            classifier.flush();
        }
    }

    private void live(SliceClassifier classifier, Duration time) {
        try (var results = new RangeReader<>(connection, RESULTS, ScanClassified.class)) {
            // Results first: none of a slice that is read may be missed.
            results.seek(range);
            slices.seek(range);
            progress.begin("slices", 0);
            long end = System.nanoTime() + time.toNanos();
            long tellAt = System.nanoTime() + TELL_EACH.toNanos();
            while (System.nanoTime() - end < 0 && read < most) {
                if (System.nanoTime() - tellAt >= 0) {
                    tellAt += TELL_EACH.toNanos();
                    tell.accept("live: " + read + " slices, " + join.comparedCount() + " compared");
                }
                take(slices.poll(POLL), classifier);
                classifier.flush();
                match(results, SHORT_POLL);
            }
            long graceEnd = System.nanoTime() + GRACE.toNanos();
            while (join.waitingCount() > 0 && System.nanoTime() - graceEnd < 0) {
                match(results, POLL);
            }
        }
    }

    /** False if this thread was interrupted, which is then forgotten: the report is still to be written. */
    private static boolean isDone(Runnable step) {
        try {
            step.run();
            return !Thread.interrupted();
        } catch (InterruptException e) {
            boolean unused = Thread.interrupted();
            return false;
        }
    }
}
