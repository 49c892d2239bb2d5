package org.ctstream.cli.audit;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One step on a scan's way. Nothing in it names a patient, not even by a pseudonym.
 *
 * @param place {@code topic-partition@offset}, or the database
 * @param details in the order to be shown
 */
record Step(Instant time, Event event, String place, Map<String, String> details) {
    static final Comparator<Step> IN_ORDER =
            Comparator.comparing(Step::time).thenComparing(Step::event).thenComparing(Step::place);

    Step {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }
}
