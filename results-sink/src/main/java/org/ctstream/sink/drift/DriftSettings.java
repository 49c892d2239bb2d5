package org.ctstream.sink.drift;

import java.time.Duration;

/**
 * What a look is about.
 *
 * @param window how far back "now" goes, above 0
 * @param leastResults fewest results with a finding that are compared, on either side
 * @param interval from one look to the next
 */
public record DriftSettings(Duration window, int leastResults, Duration interval) {}
