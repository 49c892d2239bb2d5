package org.ctstream.model.engine.auto;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ctstream.model.classify.Availability;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierFactory;
import org.ctstream.model.classify.Device;
import org.ctstream.model.classify.EngineOptions;
import org.ctstream.model.release.StoredRelease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Chooses an engine with the first release it opens, says so in the log, and stays with it.
 *
 * <p>An engine or a device that is not there is no error as long as another one works. Once one is chosen, a release that
 * it cannot open is an error: another engine would change speed and, in the last digits, results behind the operator's
 * back.
 *
 * <h2>Thread safety</h2>
 *
 * Thread-safe; openings wait for the one that chooses.
 */
public final class AutoClassifiers implements ClassifierFactory {
    /** Name of the choice where an engine's name is expected. */
    public static final String NAME = "auto";

    private static final Logger log = LoggerFactory.getLogger(AutoClassifiers.class);

    private final Function<Device, SearchOrder> order;
    private final Consumer<Selection> onSelection;
    private final Lock choosing = new ReentrantLock();
    private final Map<SearchOrder, Candidate> chosen = new HashMap<>();

    /**
     * @param order what to try for the device of {@link EngineOptions#device}
     * @param onSelection is told of a choice after the log is
     */
    public AutoClassifiers(Function<Device, SearchOrder> order, Consumer<Selection> onSelection) {
        this.order = order;
        this.onSelection = onSelection;
    }

    /**
     * {@inheritDoc}
     *
     * @throws org.ctstream.model.classify.ClassifierException.Unavailable if no engine works; the message gives each one's
     *     reason
     */
    @Override
    public Classifier open(StoredRelease release, EngineOptions options) {
        SearchOrder wanted = order.apply(options.device());
        Candidate known;
        choosing.lock();
        try {
            known = chosen.get(wanted);
            if (known == null) {
                EngineSearch.Found found = new EngineSearch(wanted).open(release, options);
                Selection selection = found.selection();
                chosen.put(wanted, selection.chosen());
                say(selection, found.afterFailure());
                onSelection.accept(selection);
                return found.classifier();
            }
        } finally {
            choosing.unlock();
        }
        return known.factory().open(release, options.withDevice(known.device()));
    }

    /** Available if one of its candidates is; not for how long. */
    @Override
    public Availability availability(Device device) {
        List<Candidate> candidates =
                order.apply(device).tiers().stream().flatMap(List::stream).toList();
        String available = candidates.stream()
                .filter(candidate ->
                        candidate.factory().availability(candidate.device()) instanceof Availability.Available)
                .map(Candidate::toString)
                .collect(Collectors.joining(", "));
        return available.isEmpty()
                ? new Availability.Missing(
                        "none of " + candidates + " is available",
                        "see \"ctstream engine list\" for what each of them lacks")
                : new Availability.Available("", "one of " + available);
    }

    private static void say(Selection selection, boolean afterFailure) {
        LoggingEventBuilder event = selection.isFallback() || afterFailure ? log.atWarn() : log.atInfo();
        event.addKeyValue("asked", selection.asked())
                .addKeyValue("engine", selection.chosen().engine())
                .addKeyValue("device", selection.chosen().device())
                .addKeyValue("why", selection.why())
                .addKeyValue("notTaken", selection.othersText())
                .log(text(selection, afterFailure));
    }

    private static String text(Selection selection, boolean afterFailure) {
        if (selection.isFallback()) {
            return "Engine asked for does not work; another one serves";
        }
        return afterFailure ? "Engine that is available failed; another one serves" : "Engine chosen";
    }
}
