package org.ctstream.sink;

import io.javalin.config.RoutesConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.lifecycle.Sweeps;
import org.ctstream.sink.http.PageRoutes;
import org.ctstream.sink.http.Reviewer;
import org.ctstream.sink.review.LabelTopic;
import org.ctstream.sink.review.ReviewSweeper;
import org.ctstream.sink.review.Reviews;
import org.ctstream.sink.scan.RecordReader;
import org.ctstream.sink.scan.ScanRecords;
import org.ctstream.sink.store.Database;
import org.ctstream.sink.store.ReviewStore;

/** Joins the parts behind the review page, and closes them. */
final class ReviewPage implements AutoCloseable {
    private static final Duration SWEEP = Duration.ofSeconds(3);

    private final ReviewStore store;
    private final ScanRecords scans;
    private final LabelTopic labels;
    private final Reviews reviews;
    private final PageRoutes routes;

    private ReviewPage(ReviewStore store, ScanRecords scans, LabelTopic labels, Reviews reviews, PageRoutes routes) {
        this.store = store;
        this.scans = scans;
        this.labels = labels;
        this.reviews = reviews;
        this.routes = routes;
    }

    /** Neither Kafka nor the database need to be there yet. */
    static ReviewPage of(ServiceConfig config, Database database, Clock clock) {
        var store = new ReviewStore(database, clock);
        var reader = RecordReader.of(config, config.millis(SinkKeys.PAGE_KAFKA_TIMEOUT_MS));
        var scans = new ScanRecords(reader, config);
        var labels = LabelTopic.of(config);
        var reviews = new Reviews(store, scans, labels);
        var reviewer = Reviewer.of(config, SinkKeys.REVIEWER, SinkKeys.REVIEW_USER_HEADER);
        var routes = new PageRoutes(config, database, store, reviews, scans, reviewer, clock);
        return new ReviewPage(store, scans, labels, reviews, routes);
    }

    Consumer<RoutesConfig> routes() {
        return routes.routes();
    }

    /** Publishes from now on what is pending; the tables have to be there. */
    Sweeps publishPending() {
        return ReviewSweeper.start(store, reviews, SWEEP);
    }

    @Override
    public void close() {
        routes.close();
        labels.close();
        scans.close();
    }
}
