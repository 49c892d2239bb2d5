package org.ctstream.model.engine.auto;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Which engine was chosen, and why not another.
 *
 * @param asked what the configuration asks for
 * @param chosen the engine that serves from now on
 * @param isFallback true if it is not what was asked for
 * @param why why it is this one
 * @param others the others of the order, each with the reason it is not them
 */
public record Selection(String asked, Candidate chosen, boolean isFallback, String why, List<NotChosen> others) {
    public Selection {
        others = List.copyOf(others);
    }

    /** One sentence for people. */
    public String text() {
        return chosen + (isFallback ? " instead of " + asked : "") + ": " + why
                + (others.isEmpty() ? "" : "; not taken: " + othersText());
    }

    /** The others with their reasons; empty if there are none. */
    public String othersText() {
        return others.stream().map(NotChosen::toString).collect(Collectors.joining("; "));
    }

    /** A candidate and why it was not chosen. */
    public record NotChosen(Candidate candidate, String reason) {
        @Override
        public String toString() {
            return candidate + " (" + reason + ")";
        }
    }
}
