package org.ctstream.cli.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A scan's way, so far as it can still be told.
 *
 * @param readFrom topics were read from then on; null for from their beginning
 * @param steps in the order of time
 * @param gaps what could not be told, and why
 */
record Trail(String scanId, @Nullable Instant readFrom, List<Step> steps, List<String> gaps) {
    Trail {
        steps = steps.stream().sorted(Step.IN_ORDER).toList();
        gaps = List.copyOf(gaps);
    }

    /** What became of the scan, in one sentence. */
    String outcome() {
        if (steps.isEmpty()) {
            return "Nothing is known of it";
        }
        Map<String, Long> releases = of(Event.STORED).stream()
                .collect(Collectors.groupingBy(
                        step -> String.valueOf(step.details().get("model")), TreeMap::new, Collectors.counting()));
        if (!releases.isEmpty()) {
            return releases.values().stream().allMatch(times -> times == 1)
                    ? "Stored, once for each of " + releases.keySet()
                    : "STORED MORE THAN ONCE by one release: " + releases;
        }
        long letters = of(Event.DEAD_LETTERED).size();
        long sentBack = of(Event.REDRIVEN).stream()
                .filter(step -> !"REFUSED".equals(step.details().get("outcome")))
                .map(step -> step.details().get("letter"))
                .distinct()
                .count();
        if (letters > sentBack) {
            return "A dead letter that nobody has sent back";
        }
        return "Neither stored nor a dead letter: the last that is known of it is "
                + steps.get(steps.size() - 1).event() + " at "
                + steps.get(steps.size() - 1).place();
    }

    private List<Step> of(Event event) {
        return steps.stream().filter(step -> step.event() == event).toList();
    }
}
