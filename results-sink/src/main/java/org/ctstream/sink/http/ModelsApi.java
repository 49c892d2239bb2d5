package org.ctstream.sink.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.releases.AnnouncedRelease;
import org.ctstream.releases.Promotion;
import org.ctstream.releases.ReleaseCatalogue;
import org.ctstream.releases.StageChange;
import org.ctstream.schemas.avro.ModelAssessed;
import org.ctstream.schemas.avro.ModelStage;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.service.error.StageException;
import org.ctstream.sink.models.Announcing;
import org.ctstream.sink.models.PromotionKeys;
import org.ctstream.sink.models.Promotions;
import org.ctstream.sink.watch.AssessedModels;
import org.ctstream.sink.watch.ReleasedModels;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /api/models}: releases with their lineage and their time in shadow, the newest announced first; and
 * {@code POST /api/models/{name}/{version}/promote}, for operators, which repeats the release's name to show that it is meant.
 */
final class ModelsApi {
    private static final Logger log = LoggerFactory.getLogger(ModelsApi.class);
    private static final int MAX_BODY = 4 * 1024;

    private final Supplier<ReleaseCatalogue> catalogue;
    private final Supplier<Function<ReleaseId, Optional<ModelAssessed>>> assessments;
    private final Promotions promotions;
    private final Operators operators;
    private final Cached<State> state;

    /**
     * @param catalogue what is announced now; throws {@link StageException}
     * @param assessments a look at what is assessed now; throws {@link StageException}
     */
    ModelsApi(
            Supplier<ReleaseCatalogue> catalogue,
            Supplier<Function<ReleaseId, Optional<ModelAssessed>>> assessments,
            Promotions promotions,
            Operators operators,
            Clock clock) {
        this.catalogue = catalogue;
        this.assessments = assessments;
        this.promotions = promotions;
        this.operators = operators;
        this.state = new Cached<>(this::look, clock);
    }

    static ModelsApi of(
            ServiceConfig config, ReleasedModels models, AssessedModels assessed, Reviewer reviewer, Clock clock) {
        Supplier<Function<ReleaseId, Optional<ModelAssessed>>> assessments = () -> {
            assessed.update();
            return assessed::of;
        };
        var promotions = new Promotions(
                models::catalogue,
                release -> assessments.get().apply(release),
                Announcing.on(config),
                PromotionKeys.shadow(config).orElse(null),
                clock);
        return new ModelsApi(models::catalogue, assessments, promotions, Operators.of(config, reviewer), clock);
    }

    void addTo(RoutesConfig routes) {
        routes.get("/api/models", this::list);
        routes.post("/api/models/{name}/{version}/promote", this::promote);
    }

    private void list(Context context) {
        State now = known(state::get, "The sink cannot learn this from Kafka now.");
        String operator = operators.find(context);
        ResultsApi.write(
                context, new Models(now.releases(), now.shadowKnown(), promotions.isShadowRequired(), operator));
    }

    private State look() {
        ReleaseCatalogue now = catalogue.get();
        boolean known = true;
        Function<ReleaseId, Optional<ModelAssessed>> assessed = release -> Optional.empty();
        try {
            assessed = assessments.get();
        } catch (StageException e) {
            // The releases are worth showing without.
            log.atWarn().addKeyValue("reason", e.getMessage()).log("Assessments cannot be shown");
            known = false;
        }
        var views = new ArrayList<ModelView>();
        for (AnnouncedRelease release : now.releases()) {
            ModelAssessed shadow = assessed.apply(release.id()).orElse(null);
            String objection = promotions.objection(now, release, shadow).orElse(null);
            views.add(ModelView.of(release, standing(now, release), shadow, objection));
        }
        return new State(views, known);
    }

    private static ModelView.Standing standing(ReleaseCatalogue now, AnnouncedRelease release) {
        Promotion.Kind kind = Promotion.of(now, release.id()).kind();
        boolean previous = Promotion.previous(now)
                .map(AnnouncedRelease::id)
                .filter(release.id()::equals)
                .isPresent();
        return new ModelView.Standing(kind == Promotion.Kind.AGAIN, previous, kind == Promotion.Kind.BACK);
    }

    private void promote(Context context) throws IOException {
        SameSite.check(context, operators.areCredentialsAsked());
        String operator = operators.of(context);
        ReleaseId release = id(context.pathParam("name") + ":" + context.pathParam("version"), "the path");
        Body body =
                JsonRequest.read(context, MAX_BODY, Body.class, "JSON with confirm, and perhaps replaces and reason");
        if (!release.toString().equals(body.confirm())) {
            throw JsonRequest.bad("confirm", release + ", to show that it is meant");
        }
        ReleaseId replaces = body.replaces() == null ? null : id(body.replaces(), "replaces");
        StageChange change = change(operator, body.reason());
        Promotions.Outcome outcome = known(
                () -> promotions.promote(release, replaces, change),
                "The sink cannot learn now what is announced, so nothing was changed.");
        write(context, release, outcome);
    }

    private static void write(Context context, ReleaseId release, Promotions.Outcome outcome) {
        if (outcome instanceof Promotions.Outcome.Promoted promoted) {
            ReleaseId replaced = promoted.promotion().replaces();
            ResultsApi.write(
                    context,
                    new Promoted(release.toString(), replaced == null ? null : replaced.toString(), promoted.offset()));
        } else if (outcome instanceof Promotions.Outcome.Refused refused) {
            throw ApiException.conflict(refused.why(), "Load the releases again and see what is in production.");
        } else if (outcome instanceof Promotions.Outcome.Unacknowledged) {
            throw ApiException.unavailable(
                    "Kafka has not acknowledged it in time: whether " + release + " is promoted is not known.",
                    "Wait some seconds and look which release is in production; see the sink's log.");
        } else {
            throw ApiException.notFound(
                    "No release " + release + " is announced.",
                    "One that is only in the model store is promoted by \"ctstream model promote\".");
        }
    }

    private static StageChange change(String operator, @Nullable String reason) {
        try {
            return new StageChange(
                    ModelStage.PRODUCTION, operator, reason == null || reason.isBlank() ? null : reason.strip());
        } catch (IllegalArgumentException e) {
            throw JsonRequest.bad(
                    "reason", "up to " + StageChange.MAX_REASON + " characters on one line, and no patient data");
        }
    }

    private static ReleaseId id(String text, String where) {
        try {
            return ReleaseId.parse(text);
        } catch (IllegalArgumentException e) {
            throw JsonRequest.bad(where, "a release's name and version");
        }
    }

    /** What the cluster said is for the log: it may name hosts and users. */
    private static <T> T known(Supplier<T> answer, String message) {
        try {
            return answer.get();
        } catch (StageException e) {
            log.atWarn().addKeyValue("reason", e.getMessage()).log("Releases cannot be told or promoted now");
            throw ApiException.unavailable(
                    message, "If it lasts, see the sink's log: Kafka may be away, or the sink's user lack a right.");
        }
    }

    private record State(List<ModelView> releases, boolean shadowKnown) {
        State {
            releases = List.copyOf(releases);
        }
    }

    /**
     * @param shadowKnown false if how candidates did in shadow cannot be learnt now
     * @param operator name under which whoever asks may promote; null if they may not
     */
    record Models(
            List<ModelView> releases,
            boolean shadowKnown,
            boolean shadowRequired,
            @Nullable String operator) {}

    /** What was done. */
    record Promoted(String release, @Nullable String replaced, long offset) {}

    /**
     * A promotion as it is asked for.
     *
     * @param confirm the release again
     * @param replaces the release that whoever asks saw in production
     */
    record Body(
            @Nullable String confirm,
            @Nullable String replaces,
            @Nullable String reason) {}
}
