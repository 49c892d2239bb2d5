package org.ctstream.benchmarks.engine;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.ctstream.model.classify.Availability;
import org.ctstream.model.classify.Device;
import org.ctstream.model.engine.Engines;

/** The engines of this product that can run on this machine's processor. */
public final class LocalEngines {
    /** One copy in the process: engines may keep what they have measured. */
    public static final Engines ALL = Engines.standard();

    /** The reference that every other engine is compared with. */
    public static final String REFERENCE = "pytorch";

    private static final String NO_NETWORK = "none";

    private LocalEngines() {}

    /** Names of those available on the processor, the reference last. */
    public static List<String> onProcessor() {
        return inOrder().toList();
    }

    /** The fastest on a processor, as far as known: what the stream is measured with unless told otherwise. */
    public static String preferred() {
        return inOrder().findFirst().orElse(REFERENCE);
    }

    /** Lazy: to ask PyTorch whether it is there loads it. */
    private static Stream<String> inOrder() {
        return ALL.engineNames().stream()
                .filter(name -> !name.equals(NO_NETWORK))
                .sorted(Comparator.comparing(REFERENCE::equals))
                .filter(name -> ALL.named(name).availability(Device.CPU) instanceof Availability.Available);
    }
}
