package org.ctstream.benchmarks.measure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What several things were in the same repetitions, by name and in order.
 *
 * <h2>Thread safety</h2>
 * Immutable.
 */
public final class Samples {
    private final Map<String, Sample> byName;

    Samples(Map<String, Sample> byName) {
        this.byName = new LinkedHashMap<>(byName);
    }

    /** In the order in which they were given. */
    public Set<String> names() {
        return byName.keySet();
    }

    public boolean has(String name) {
        return byName.containsKey(name);
    }

    /** @throws IllegalArgumentException if there is none of that name */
    public Sample of(String name) {
        Sample sample = byName.get(name);
        if (sample == null) {
            throw new IllegalArgumentException("nothing was measured by the name " + name + ", only " + names());
        }
        return sample;
    }

    /** The ratio of two, repetition by repetition. */
    public Sample ratio(String subject, String baseline) {
        return of(subject).over(of(baseline));
    }
}
