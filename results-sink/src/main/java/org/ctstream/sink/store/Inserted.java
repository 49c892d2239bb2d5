package org.ctstream.sink.store;

import java.util.ArrayList;
import java.util.List;
import org.ctstream.service.error.FatalStageException;
import org.ctstream.service.error.Stage;

/** Collects what became of each classification on its way into the result table. For one thread. */
final class Inserted {
    private final List<Classified> added = new ArrayList<>();
    private final List<Rejected> refused = new ArrayList<>();
    private int existing;

    /**
     * @param rows what the database says of the insert: 1 for a new result, 0 for one that is there
     * @throws FatalStageException if it says anything else: whether an alert is due could not be told
     */
    void count(Classified classified, int rows) {
        switch (rows) {
            case 0 -> existing++;
            case 1 -> added.add(classified);
            default ->
                throw new FatalStageException(
                        Stage.STORE,
                        "Cannot tell whether a result is new: the database driver says that its insert changed " + rows
                                + " rows (expected: 0 or 1). Take parameters that change how it sends batches out of"
                                + " database.url",
                        null);
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
