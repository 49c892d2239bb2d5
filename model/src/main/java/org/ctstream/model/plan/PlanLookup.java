package org.ctstream.model.plan;

/** What a search for a plan came to. */
public sealed interface PlanLookup {

    /** There is one for this key, whole and unchanged. */
    record Found(StoredPlan plan) implements PlanLookup {}

    /**
     * There is none that may be used.
     *
     * @param reason what there is instead, and why not that, for people
     */
    record None(String reason) implements PlanLookup {}
}
