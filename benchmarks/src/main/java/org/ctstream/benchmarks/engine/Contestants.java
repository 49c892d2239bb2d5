package org.ctstream.benchmarks.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Contestants that are closed together. For one thread. */
final class Contestants implements AutoCloseable {
    private final List<Contestant> all = new ArrayList<>();

    /** Takes one over. */
    <T extends Contestant> T add(T contestant) {
        all.add(contestant);
        return contestant;
    }

    List<Contestant> all() {
        return List.copyOf(all);
    }

    @Override
    public void close() throws Exception {
        Optional<Exception> failure = Optional.empty();
        for (Contestant contestant : all) {
            try {
                contestant.close();
            } catch (Exception e) {
                failure = Optional.of(e);
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }
}
