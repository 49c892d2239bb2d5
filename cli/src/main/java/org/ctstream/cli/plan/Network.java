package org.ctstream.cli.plan;

/**
 * Traffic of the brokers in the busiest hour, in bits per second.
 *
 * @param fromPublishers scans as they come
 * @param intoBrokers all that is written by clients
 * @param outOfBrokers all that is read by clients, each record once
 * @param betweenBrokers for the copies
 */
record Network(double fromPublishers, double intoBrokers, double outOfBrokers, double betweenBrokers) {
    private static final int BITS = 8;

    static Network of(Workload load, Iterable<TopicDisk> topics) {
        double received = 0;
        double written = 0;
        double alerts = 0;
        for (TopicDisk topic : topics) {
            boolean alert = topic.topic().endsWith("alerted");
            double bits = topic.recordBytes() * BITS * load.scansPerSecond() * (alert ? load.positives() : 1);
            written += bits;
            if (topic.topic().endsWith("received")) {
                received = bits;
            }
            if (alert) {
                alerts = bits;
            }
        }
        // Alerts are read by systems outside; they count as read once all the same.
        return new Network(received, written, Math.max(written, alerts), written * (load.replication() - 1));
    }
}
