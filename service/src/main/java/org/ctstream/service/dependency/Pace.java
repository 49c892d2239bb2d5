package org.ctstream.service.dependency;

import java.time.Duration;

/**
 * How often a watch asks and looks.
 *
 * @param betweenQuestions pause after an answer
 * @param afterFailure pause after a question that failed, shorter, so that one failure is no absence
 * @param betweenLooks pause between two looks at what is known
 * @param awayAfterLooks looks without an answer that make an absence
 */
record Pace(Duration betweenQuestions, Duration afterFailure, Duration betweenLooks, int awayAfterLooks) {
    /**
     * One failed question ({@link Probe#TIMEOUT_MS}) between two answers is passed over: 2 s, 2 s and half a second are
     * less than six. Two in a row are an absence, seen within eight seconds of the last answer.
     */
    static final Pace STANDARD = new Pace(Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofSeconds(1), 6);

    Duration awayAfter() {
        return betweenLooks.multipliedBy(awayAfterLooks);
    }
}
