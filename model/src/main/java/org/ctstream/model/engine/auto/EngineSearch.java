package org.ctstream.model.engine.auto;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.ctstream.model.classify.Availability;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.engine.auto.Selection.NotChosen;
import org.ctstream.model.plan.PlanException;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.WeightsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for an engine once, by opening a release with one after the other. For one thread and one call. */
final class EngineSearch {
    private static final Logger log = LoggerFactory.getLogger(EngineSearch.class);

    private final SearchOrder order;
    private final List<NotChosen> others = new ArrayList<>();
    private final List<Trial> open = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();

    /**
     * @param classifier the chosen engine's, open
     * @param afterFailure whether another one failed though it is available
     */
    record Found(Classifier classifier, Selection selection, boolean afterFailure) {}

    EngineSearch(SearchOrder order) {
        this.order = order;
    }

    /**
     * @throws ClassifierException.Unavailable if nothing works, with each candidate's reason
     * @throws IllegalArgumentException if engines are there and all refuse the release or the options
     * @throws WeightsException if the weights cannot be read, whatever the engine
     */
    Found open(StoredRelease release, EngineOptions options) {
        List<List<Candidate>> tiers = order.tiers();
        boolean found = false;
        try {
            for (int i = 0; i < tiers.size(); i++) {
                tiers.get(i).forEach(candidate -> attempt(candidate, release, options));
                if (!open.isEmpty()) {
                    Found chosen = decide(tiers.subList(i + 1, tiers.size()), options);
                    found = true;
                    return chosen;
                }
            }
        } finally {
            if (!found) {
                open.forEach(trial -> trial.classifier().close());
            }
        }
        throw nothingWorks(release);
    }

    private void attempt(Candidate candidate, StoredRelease release, EngineOptions options) {
        try {
            Availability availability = candidate.factory().availability(candidate.device());
            if (availability instanceof Availability.Missing missing) {
                others.add(new NotChosen(candidate, missing.reason() + "; " + missing.remedy()));
            } else {
                open.add(Trial.of(candidate, release, options));
            }
        } catch (WeightsException e) {
            throw e;
        } catch (ClassifierException | IllegalArgumentException e) {
            rejected(candidate, e, String.valueOf(e.getMessage()));
        } catch (RuntimeException | LinkageError e) {
            // Nothing an engine should throw, but no reason to serve nothing if another one works.
            log.atWarn().addKeyValue("candidate", candidate).setCause(e).log("Engine failed while it was tried");
            rejected(candidate, e, e.toString());
        }
    }

    private void rejected(Candidate candidate, Throwable failure, String reason) {
        failures.add(failure);
        others.add(new NotChosen(candidate, reason));
    }

    private Found decide(List<List<Candidate>> later, EngineOptions options) {
        Race.Outcome outcome = Race.of(open, options.maxBatch());
        Candidate winner = outcome.winner().candidate();
        for (Trial trial : open) {
            if (!trial.equals(outcome.winner())) {
                trial.classifier().close();
                others.add(new NotChosen(trial.candidate(), outcome.whyNot(trial)));
            }
        }
        for (List<Candidate> tier : later) {
            tier.forEach(candidate -> others.add(new NotChosen(candidate, "comes later in the order")));
        }
        return new Found(
                outcome.winner().classifier(),
                new Selection(order.asked(), winner, !order.wants(winner), outcome.why(), others),
                failures.stream().anyMatch(EngineSearch::isTrouble));
    }

    /** Not that an engine does not have an option, or has no plan for a release. */
    private static boolean isTrouble(Throwable failure) {
        boolean isWithoutPlan =
                failure.getCause() instanceof PlanException.Missing missing && missing.getCause() == null;
        return !isWithoutPlan && !(failure instanceof IllegalArgumentException);
    }

    private RuntimeException nothingWorks(StoredRelease release) {
        String message =
                "no engine for release " + release.release().id() + ", asked for: " + order.asked() + "; tried: "
                        + others.stream().map(NotChosen::toString).collect(Collectors.joining("; "))
                        + "; \"ctstream engine list\" shows what is available here";
        @Nullable Throwable first = failures.isEmpty() ? null : failures.get(0);
        boolean refused = !failures.isEmpty()
                && failures.stream().allMatch(failure -> failure instanceof IllegalArgumentException);
        RuntimeException nothing = refused
                ? new IllegalArgumentException(message, first)
                : new ClassifierException.Unavailable(message, first);
        failures.stream().skip(1).forEach(nothing::addSuppressed);
        return nothing;
    }
}
