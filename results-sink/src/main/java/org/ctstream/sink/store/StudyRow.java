package org.ctstream.sink.store;

/**
 * A study as the API shows it.
 *
 * @param study its newest revision
 * @param published whether that is on the topic yet
 */
public record StudyRow(StudyRevision study, boolean published) {}
