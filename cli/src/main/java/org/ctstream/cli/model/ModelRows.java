package org.ctstream.cli.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.ModelStore;
import org.ctstream.model.release.ReleaseException;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.releases.AnnouncedRelease;
import org.ctstream.releases.ReleaseCatalogue;
import org.jspecify.annotations.Nullable;

/** Puts together what a store has and what a topic says. */
final class ModelRows {
    private ModelRows() {}

    /** One row for each release either of them knows, by name and version. */
    static List<ModelRow> of(ModelStore store, ReleaseCatalogue catalogue) {
        var stored = store.list().stream().collect(Collectors.toMap(ReleaseId::toString, Function.identity()));
        var announced = new TreeMap<String, AnnouncedRelease>();
        catalogue.releases().forEach(release -> announced.put(release.id().toString(), release));
        Optional<String> served =
                catalogue.production().map(release -> release.id().toString());
        var names = new TreeSet<>(stored.keySet());
        names.addAll(announced.keySet());
        var rows = new ArrayList<ModelRow>();
        for (String name : names) {
            ReleaseId id = stored.get(name);
            rows.add(ModelRow.of(
                    name,
                    id == null ? null : readable(store, id),
                    announced.get(name),
                    id != null,
                    served.filter(name::equals).isPresent()));
        }
        return rows;
    }

    private static @Nullable ModelRelease readable(ModelStore store, ReleaseId id) {
        try {
            return store.manifest(id);
        } catch (ReleaseException e) {
            return null; // the list says so; "model show" says why
        }
    }
}
