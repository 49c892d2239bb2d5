package org.ctstream.cli.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.ctstream.cli.CliException;
import org.ctstream.model.classify.ClassifierFactory;
import org.ctstream.model.classify.Device;
import org.ctstream.model.engine.Engines;
import org.ctstream.model.engine.auto.AutoClassifiers;
import org.ctstream.model.engine.none.NoneClassifiers;

/** Finds out what there is of engines and devices. */
final class EngineTargets {
    /** No machine has more, and asking goes on only as long as there is another one. */
    private static final int MOST_GPUS = 100;

    private final Engines engines;

    EngineTargets(Engines engines) {
        this.engines = engines;
    }

    /** Every engine on the processor, the first GPU, and the further GPUs it finds. */
    List<EngineTarget> all() {
        List<EngineTarget> targets = new ArrayList<>();
        for (String name : engines.engineNames()) {
            targets.addAll(of(name));
        }
        return targets;
    }

    /**
     * What can be measured of the engines and the device asked for.
     *
     * @param names engines; empty for every one that runs a network and is available
     * @param device {@code auto} for every device on which they are available
     * @throws CliException if an engine that is named is not there, saying why and what to install
     */
    List<EngineTarget> available(List<String> names, String device) {
        try {
            if (names.isEmpty()) {
                return networks().stream()
                        .flatMap(name -> on(name, device).stream())
                        .filter(EngineTarget::isAvailable)
                        .toList();
            }
            List<EngineTarget> targets = new ArrayList<>();
            for (String name : names) {
                targets.addAll(named(name, device));
            }
            return List.copyOf(targets);
        } catch (IllegalArgumentException e) {
            throw CliException.usage(String.valueOf(e.getMessage()), e);
        }
    }

    private List<EngineTarget> named(String name, String device) {
        List<EngineTarget> asked = on(name, device);
        List<EngineTarget> there =
                asked.stream().filter(EngineTarget::isAvailable).toList();
        if (there.isEmpty()) {
            String reasons = asked.stream()
                    .map(target -> target + ": " + EngineRow.of(target).note())
                    .collect(Collectors.joining("; "));
            throw CliException.failure("Engine " + name + " is not available here: " + reasons, null);
        }
        return there;
    }

    private List<EngineTarget> on(String name, String device) {
        if (!device.toLowerCase(Locale.ROOT).equals(AutoClassifiers.NAME)) {
            return List.of(EngineTarget.of(name, engines.named(name), Device.parse(device)));
        }
        return name.equals(AutoClassifiers.NAME) ? List.of(chosen()) : of(name);
    }

    /** The choice itself: which engine it is, and on what device, shows when it opens a release. */
    private EngineTarget chosen() {
        var choice = engines.choose(AutoClassifiers.NAME, AutoClassifiers.NAME);
        return EngineTarget.of(AutoClassifiers.NAME, choice.factory(), choice.device());
    }

    private List<EngineTarget> of(String name) {
        ClassifierFactory factory = engines.named(name);
        List<EngineTarget> targets = new ArrayList<>();
        targets.add(EngineTarget.of(name, factory, Device.CPU));
        EngineTarget gpu = EngineTarget.of(name, factory, new Device.Gpu(0));
        targets.add(gpu);
        for (int i = 1; gpu.isAvailable() && i < MOST_GPUS; i++) {
            gpu = EngineTarget.of(name, factory, new Device.Gpu(i));
            if (gpu.isAvailable()) {
                targets.add(gpu);
            }
        }
        return targets;
    }

    private Set<String> networks() {
        Set<String> names = new TreeSet<>(engines.engineNames());
        names.remove(NoneClassifiers.NAME);
        return names;
    }
}
