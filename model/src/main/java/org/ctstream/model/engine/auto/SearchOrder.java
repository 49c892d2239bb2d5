package org.ctstream.model.engine.auto;

import java.util.List;
import java.util.stream.Stream;

/**
 * In which order engines are tried. The first tier in which one works decides, and within it the fastest does.
 *
 * @param asked what the configuration asks for, for people
 * @param wanted what it allows
 * @param instead what may serve in its place, with a warning; empty if nothing may
 */
public record SearchOrder(String asked, List<List<Candidate>> wanted, List<List<Candidate>> instead) {
    public SearchOrder {
        wanted = wanted.stream().map(List::copyOf).toList();
        instead = instead.stream().map(List::copyOf).toList();
    }

    /** An order in which nothing may take the place of what is asked for. */
    public SearchOrder(String asked, List<List<Candidate>> wanted) {
        this(asked, wanted, List.of());
    }

    List<List<Candidate>> tiers() {
        return Stream.concat(wanted.stream(), instead.stream()).toList();
    }

    boolean wants(Candidate candidate) {
        return wanted.stream().anyMatch(tier -> tier.contains(candidate));
    }
}
