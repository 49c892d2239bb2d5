package org.ctstream.sink.http;

import io.javalin.config.RoutesConfig;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.ctstream.service.config.HttpKeys;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.sink.review.Reviews;
import org.ctstream.sink.scan.ScanRecords;
import org.ctstream.sink.similar.SimilarSearch;
import org.ctstream.sink.store.Database;
import org.ctstream.sink.store.DetailQueries;
import org.ctstream.sink.store.EmbeddingQueries;
import org.ctstream.sink.store.ReviewStore;
import org.ctstream.sink.store.StudyQueries;
import org.ctstream.sink.store.SystemQueries;
import org.ctstream.sink.store.WorklistQueries;
import org.ctstream.sink.watch.AssessedModels;
import org.ctstream.sink.watch.DeadLetterCauses;
import org.ctstream.sink.watch.LagQuery;
import org.ctstream.sink.watch.ReleasedModels;
import org.ctstream.sink.watch.WatchAdmin;

/**
 * What the review page needs beyond the plain results: worklist, scans with their slices, studies, reviews, the system's state. Its
 * clients of Kafka are made when a page first needs them.
 */
public final class PageRoutes implements AutoCloseable {
    private final PageApi page;
    private final ReviewApi reviewApi;
    private final SystemApi system;
    private final StudyApi studies;
    private final WatchAdmin admin;
    private final ReleasedModels models;
    private final SimilarSearch similar;
    private final AssessedModels assessed;
    private final ModelsApi modelsApi;
    private final boolean unguarded;

    /**
     * @param scans for slices; not closed here
     * @param reviewer who is reviewing
     */
    public PageRoutes(
            ServiceConfig config,
            Database database,
            ReviewStore store,
            Reviews reviews,
            ScanRecords scans,
            Reviewer reviewer,
            Clock clock) {
        this.unguarded = !HttpKeys.AUTH_NONE.equals(config.string(HttpKeys.AUTH)) && !reviewer.areCredentialsAsked();
        this.admin = WatchAdmin.of(config);
        this.models = new ReleasedModels(config);
        this.similar = new SimilarSearch(new EmbeddingQueries(database), clock);
        this.page = new PageApi(new WorklistQueries(database), new DetailQueries(database), store, scans, clock);
        this.reviewApi = new ReviewApi(reviews, reviewer);
        this.studies = new StudyApi(new StudyQueries(database));
        this.assessed = new AssessedModels(config);
        this.modelsApi = ModelsApi.of(config, models, assessed, reviewer, clock);
        this.system = new SystemApi(
                new SystemQueries(database, clock), new LagQuery(admin), new DeadLetterCauses(config), models, clock);
    }

    /** Adds them; before the API's own, which answers everything else under {@code /api}. */
    public Consumer<RoutesConfig> routes() {
        return routes -> {
            if (unguarded) {
                List.of(
                                "/api/scans/*",
                                "/api/worklist",
                                "/api/system/*",
                                "/api/studies",
                                "/api/studies/*",
                                "/api/models",
                                "/api/drift")
                        .forEach(path -> routes.before(path, SameSite::checkHost));
            }
            page.addTo(routes);
            reviewApi.addTo(routes);
            system.addTo(routes);
            new SimilarApi(similar).addTo(routes);
            studies.addTo(routes);
            modelsApi.addTo(routes);
        };
    }

    @Override
    public void close() {
        admin.close();
        models.close();
        similar.close();
        assessed.close();
    }
}
