package org.ctstream.sink.store;

import java.util.ArrayList;
import java.util.List;

/** Collects what became of each classification on its way into the result table. For one thread. */
final class Inserted {
    private final List<Classified> added = new ArrayList<>();
    private final List<Rejected> refused = new ArrayList<>();
    private int existing;

    void count(Classified classified, int rows) {
        if (rows == 1) {
            added.add(classified);
        } else {
            existing++;
        }
    }

    void refuse(Rejected rejected) {
        refused.add(rejected);
    }

    List<Classified> added() {
        return added;
    }

    List<Rejected> refused() {
        return refused;
    }

    int existing() {
        return existing;
    }
}
