package org.ctstream.sink.http;

import io.javalin.config.RoutesConfig;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.ctstream.service.error.StageException;
import org.ctstream.sink.store.StreamStats;
import org.ctstream.sink.store.SystemQueries;
import org.ctstream.sink.watch.DeadLetterCauses;
import org.ctstream.sink.watch.GroupLag;
import org.ctstream.sink.watch.LagQuery;
import org.ctstream.sink.watch.ReleasedModels;
import org.ctstream.sink.watch.ReleasedModels.Released;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the system view shows: {@code GET /api/system/stream}, {@code /lag}, {@code /dead-letters}, {@code /models}. Each by
 * itself, so that what is away hides nothing else.
 */
final class SystemApi {
    private static final Logger log = LoggerFactory.getLogger(SystemApi.class);

    private final Cached<StreamStats> stream;
    private final Cached<List<GroupLag>> lag;
    private final Cached<DeadLetterCauses.Report> deadLetters;
    private final Cached<List<Released>> models;

    SystemApi(SystemQueries system, LagQuery lag, DeadLetterCauses deadLetters, ReleasedModels models, Clock clock) {
        this.stream = new Cached<>(system::stats, clock);
        this.lag = new Cached<>(lag::read, clock);
        this.deadLetters = new Cached<>(deadLetters::read, clock);
        this.models = new Cached<>(models::read, clock);
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/system/stream", context -> ResultsApi.write(context, stream.get()));
        routes.get("/api/system/lag", context -> ResultsApi.write(context, new Lag(fromKafka(lag::get))));
        routes.get("/api/system/dead-letters", context -> ResultsApi.write(context, fromKafka(deadLetters::get)));
        routes.get("/api/system/models", context -> ResultsApi.write(context, new Models(fromKafka(models::get))));
    }

    /** What the cluster said is for the log: it may name hosts and users. */
    private static <T> T fromKafka(Supplier<T> answer) {
        try {
            return answer.get();
        } catch (StageException e) {
            log.atWarn().addKeyValue("reason", e.getMessage()).log("The cluster's state cannot be shown");
            throw ApiException.unavailable(
                    "The sink cannot learn this from Kafka now.",
                    "If it lasts, see the sink's log: Kafka may be away, or the sink's user lack a right.");
        }
    }

    /** Groups and how far they are behind. */
    record Lag(List<GroupLag> groups) {}

    /** Releases, the newest announced first. */
    record Models(List<Released> releases) {}
}
