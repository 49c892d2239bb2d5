package org.ctstream.cli.topics;

/**
 * A topic as it is on the cluster.
 *
 * @param records offsets between beginning and end; transaction markers and compacted records are counted too
 * @param retention for people, for example {@code 7 days}
 */
record TopicState(int partitions, int replicas, long records, String retention, String cleanup, long maxRecordBytes) {}
