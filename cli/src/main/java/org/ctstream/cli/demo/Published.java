package org.ctstream.cli.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ctstream.publisher.PublishListener;
import org.ctstream.publisher.Receipt;
import org.ctstream.publisher.Refusal;

/**
 * What Kafka has confirmed, and under which scan id each input went: the one place where a scan id and a file name meet.
 *
 * <h2>Thread safety</h2>
 * Safe for use by several threads.
 */
final class Published implements PublishListener {
    private final Map<String, String> sources = new ConcurrentHashMap<>();
    private final List<Refusal> refusals = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void published(Receipt receipt) {
        sources.put(receipt.scanId(), receipt.path());
    }

    @Override
    public void refused(Refusal refusal) {
        refusals.add(refusal);
    }

    boolean has(String scanId) {
        return sources.containsKey(scanId);
    }

    int count() {
        return sources.size();
    }

    /** Scan ids confirmed so far. */
    Set<String> scanIds() {
        return Set.copyOf(sources.keySet());
    }

    /** Source by scan id, as of now. */
    Map<String, String> sources() {
        return Map.copyOf(sources);
    }

    List<Refusal> refusals() {
        synchronized (refusals) {
            return List.copyOf(refusals);
        }
    }
}
