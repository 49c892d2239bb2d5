package org.ctstream.model.engine;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.ctstream.model.classify.ClassifierFactory;
import org.ctstream.model.classify.Device;
import org.ctstream.model.engine.auto.AutoClassifiers;
import org.ctstream.model.engine.auto.Candidate;
import org.ctstream.model.engine.auto.SearchOrder;
import org.ctstream.model.engine.auto.Selection;
import org.ctstream.model.engine.none.NoneClassifiers;
import org.ctstream.model.engine.onnxruntime.OnnxRuntimeClassifiers;
import org.ctstream.model.engine.pytorch.PyTorchClassifiers;
import org.ctstream.model.engine.tensorrt.TensorRtClassifiers;
import org.ctstream.model.names.NearestName;

/** The engines there are, by the name that configuration gives them, and the choice among them. Immutable. */
public final class Engines {
    /** The devices of {@code auto}, in the order in which they are tried. */
    private static final List<Device> ANY_DEVICE = List.of(new Device.Gpu(0), Device.CPU);

    private final SortedMap<String, ClassifierFactory> byName;

    public Engines(Map<String, ClassifierFactory> byName) {
        this.byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
    }

    /** The engines this product comes with. None of them loads anything native before it is asked for something. */
    public static Engines standard() {
        return new Engines(Map.of(
                NoneClassifiers.NAME, new NoneClassifiers(),
                OnnxRuntimeClassifiers.NAME, new OnnxRuntimeClassifiers(),
                OnnxRuntimeClassifiers.TENSORRT_NAME, OnnxRuntimeClassifiers.tensorRt(),
                PyTorchClassifiers.NAME, new PyTorchClassifiers(),
                TensorRtClassifiers.NAME, new TensorRtClassifiers()));
    }

    /** Names that configuration may give, in order: the engines' and {@value AutoClassifiers#NAME}. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(engineNames());
        names.add(AutoClassifiers.NAME);
        return Collections.unmodifiableSet(names);
    }

    /** Names of the engines themselves, in order. */
    public Set<String> engineNames() {
        return byName.keySet();
    }

    /**
     * The engine of this name; for {@value AutoClassifiers#NAME} a new choice among those that run on the device asked for.
     *
     * @throws IllegalArgumentException if there is none; the message lists the names and suggests the likeliest
     */
    public ClassifierFactory named(String name) {
        if (name.equals(AutoClassifiers.NAME)) {
            return new AutoClassifiers(
                    device -> new SearchOrder(name + " on " + device, EngineOrder.of(byName, List.of(device))),
                    selection -> {});
        }
        ClassifierFactory factory = byName.get(name);
        if (factory == null) {
            String suggestion = NearestName.to(name, names())
                    .map(nearest -> "; did you mean " + nearest + "?")
                    .orElse("");
            throw new IllegalArgumentException(
                    "unknown engine '" + name + "', expected one of " + names() + suggestion);
        }
        return factory;
    }

    /** As {@link #choose(String, String, EngineFallback, Consumer)}, where what is named must be there. */
    public EngineChoice choose(String engine, String device) {
        return choose(engine, device, EngineFallback.FAIL, selection -> {});
    }

    /**
     * The engine for a device, either of which may be {@value AutoClassifiers#NAME}: then the first release that is opened
     * decides, and the choice stays.
     *
     * @param device {@code cpu}, {@code gpu}, {@code gpu:N}, or {@value AutoClassifiers#NAME} for the first GPU if the engine
     *     runs on it, else the processor
     * @param fallback what happens if the engine named does not work on that device
     * @param onSelection is told once something was chosen; not called where there was nothing to choose
     * @throws IllegalArgumentException if there is no such engine or device; the message suggests the likeliest
     */
    public EngineChoice choose(String engine, String device, EngineFallback fallback, Consumer<Selection> onSelection) {
        ClassifierFactory named = named(engine);
        boolean anyDevice = device.toLowerCase(Locale.ROOT).equals(AutoClassifiers.NAME);
        List<Device> devices = anyDevice ? ANY_DEVICE : List.of(Device.parse(device));
        boolean anyEngine = engine.equals(AutoClassifiers.NAME);
        if (!anyEngine && !anyDevice && fallback == EngineFallback.FAIL) {
            return new EngineChoice(named, devices.get(0));
        }
        List<List<Candidate>> wanted = anyEngine
                ? EngineOrder.of(byName, devices)
                : devices.stream()
                        .map(one -> List.of(new Candidate(engine, named, one)))
                        .toList();
        var order = new SearchOrder(
                engine + " on " + (anyDevice ? "any device" : devices.get(0)),
                wanted,
                fallback == EngineFallback.WARN ? without(wanted, EngineOrder.of(byName, ANY_DEVICE)) : List.of());
        return new EngineChoice(new AutoClassifiers(ignored -> order, onSelection), devices.get(0));
    }

    private static List<List<Candidate>> without(List<List<Candidate>> these, List<List<Candidate>> all) {
        List<Candidate> left = these.stream().flatMap(List::stream).toList();
        return all.stream()
                .map(tier -> tier.stream()
                        .filter(candidate -> left.stream()
                                .noneMatch(one -> one.engine().equals(candidate.engine())
                                        && one.device().equals(candidate.device())))
                        .toList())
                .filter(tier -> !tier.isEmpty())
                .toList();
    }
}
