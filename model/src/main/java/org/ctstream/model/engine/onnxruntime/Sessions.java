package org.ctstream.model.engine.onnxruntime;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ctstream.model.engine.support.Closing;

/**
 * Sessions of one network by their number of threads. Not thread-safe, other than the sessions.
 *
 * <p>Each has the weights once more, rearranged for its provider: 60 to 80 MB of DenseNet169 on a processor.
 */
final class Sessions implements AutoCloseable {
    private final Engine engine;
    private final Path file;
    private final Provider provider;
    private final SortedMap<Integer, NetworkSession> byThreads = new TreeMap<>();

    Sessions(Engine engine, Path file, Provider provider) {
        this.engine = engine;
        this.file = file;
        this.provider = provider;
    }

    /** The session whose runs have this many threads, opened if there is none yet. */
    NetworkSession withThreads(int threads) throws OrtException, IOException, MalformedModelException {
        NetworkSession session = byThreads.get(threads);
        if (session == null) {
            session = NetworkSession.open(engine, file, provider, threads);
            byThreads.put(threads, session);
        }
        return session;
    }

    /** Closes the others. */
    void keepOnly(Set<Integer> threads) {
        List<NetworkSession> others = new ArrayList<>();
        byThreads.entrySet().removeIf(entry -> {
            boolean isOther = !threads.contains(entry.getKey());
            if (isOther) {
                others.add(entry.getValue());
            }
            return isOther;
        });
        Closing.all(others);
    }

    @Override
    public void close() {
        keepOnly(Set.of());
    }
}
