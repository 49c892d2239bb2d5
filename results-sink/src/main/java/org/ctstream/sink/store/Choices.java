package org.ctstream.sink.store;

import java.util.List;

/** What the worklist's filters can be set to, of each the first {@value #MOST}. */
public record Choices(List<String> sources, List<Model> models) {
    static final int MOST = 200;

    public Choices {
        sources = List.copyOf(sources);
        models = List.copyOf(models);
    }

    /** A model that has given a result. */
    public record Model(String name, String version) {}
}
