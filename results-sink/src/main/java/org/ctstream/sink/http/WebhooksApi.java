package org.ctstream.sink.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.ctstream.sink.store.DeliveryFilter;
import org.ctstream.sink.store.DeliveryRow;
import org.ctstream.sink.store.DeliveryState;
import org.ctstream.sink.store.EndpointCounts;
import org.ctstream.sink.store.OutboxQueries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of alerts beyond Kafka: {@code GET /api/webhooks}, {@code GET /api/webhooks/{state}} and
 * {@code POST /api/webhooks/replay}. HL7 receivers are among the endpoints.
 */
public final class WebhooksApi {
    private static final Logger log = LoggerFactory.getLogger(WebhooksApi.class);

    private final OutboxQueries outbox;
    private final Clock clock;

    private WebhooksApi(OutboxQueries outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /** The routes, which stand before those that answer every other path under {@code /api}. */
    public static Consumer<RoutesConfig> routes(OutboxQueries outbox, Clock clock) {
        var api = new WebhooksApi(outbox, clock);
        return routes -> {
            routes.get("/api/webhooks", context -> ResultsApi.write(context, new Endpoints(outbox.counts())));
            routes.get("/api/webhooks/{state}", context -> ResultsApi.write(context, api.list(context)));
            routes.post("/api/webhooks/replay", context -> ResultsApi.write(context, api.replay(context)));
        };
    }

    private DeliveryPage list(Context context) {
        DeliveryFilter filter = DeliveryParameters.parse(state(context.pathParam("state")), context);
        return new DeliveryPage(outbox.list(filter));
    }

    private Replay replay(Context context) {
        ReplayRequest request = ReplayRequest.read(context);
        DeliveryFilter filter = request.filter(state(request.state()));
        if (!request.execute()) {
            return new Replay(false, outbox.list(filter));
        }
        List<DeliveryRow> replayed = outbox.replay(filter, clock.instant());
        log.atInfo()
                .addKeyValue("by", request.by())
                .addKeyValue("reason", request.reason())
                .addKeyValue("state", filter.state())
                .addKeyValue("endpoint", filter.endpoint())
                .addKeyValue("count", replayed.size())
                .log("Alerts replayed");
        return new Replay(true, replayed);
    }

    private static DeliveryState state(String text) {
        return Arrays.stream(DeliveryState.values())
                .filter(state -> state.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound(
                        "There are no webhooks in the state " + text + " (expected: one of "
                                + Arrays.toString(DeliveryState.values()).toLowerCase(Locale.ROOT) + ").",
                        "Use one of these."));
    }

    /** Every endpoint with what waits for it. */
    record Endpoints(List<EndpointCounts> endpoints) {}

    /** Deliveries, the oldest alert first. */
    record DeliveryPage(List<DeliveryRow> deliveries) {}

    /**
     * What a replay did, or would do.
     *
     * @param executed false for a mere look
     */
    record Replay(boolean executed, List<DeliveryRow> deliveries) {}
}
