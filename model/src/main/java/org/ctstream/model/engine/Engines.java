package org.ctstream.model.engine;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ctstream.model.classify.ClassifierFactory;
import org.ctstream.model.engine.none.NoneClassifiers;
import org.ctstream.model.engine.pytorch.PyTorchClassifiers;
import org.ctstream.model.names.NearestName;

/** The engines there are, by the name that configuration gives them. Immutable. */
public final class Engines {
    private final SortedMap<String, ClassifierFactory> byName;

    public Engines(Map<String, ClassifierFactory> byName) {
        this.byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
    }

    /** The engines this product comes with. None of them loads anything native before it opens a release. */
    public static Engines standard() {
        return new Engines(Map.of(
                NoneClassifiers.NAME, new NoneClassifiers(),
                PyTorchClassifiers.NAME, new PyTorchClassifiers()));
    }

    /** Names of the engines, in order. */
    public Set<String> names() {
        return byName.keySet();
    }

    /**
     * The engine of this name.
     *
     * @throws IllegalArgumentException if there is none; the message lists the names and suggests the likeliest
     */
    public ClassifierFactory named(String name) {
        ClassifierFactory factory = byName.get(name);
        if (factory == null) {
            String suggestion = NearestName.to(name, names())
                    .map(nearest -> "; did you mean " + nearest + "?")
                    .orElse("");
            throw new IllegalArgumentException(
                    "unknown engine '" + name + "', expected one of " + names() + suggestion);
        }
        return factory;
    }
}
