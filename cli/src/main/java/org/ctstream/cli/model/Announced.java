package org.ctstream.cli.model;

import org.ctstream.cli.connect.Connection;
import org.ctstream.releases.ReleaseAnnouncer;
import org.ctstream.releases.ReleaseCatalogue;
import org.ctstream.releases.ReleaseTopic;

/** The announced releases of a cluster, to read and to write. */
final class Announced {
    private final Connection connection;

    Announced(Connection connection) {
        this.connection = connection;
    }

    /** What is announced now; throws as {@link ReleaseTopic#read}. */
    ReleaseCatalogue read() {
        return new ReleaseTopic(connection.consumer(), connection.serializers()).read();
    }

    ReleaseAnnouncer announcer() {
        return ReleaseAnnouncer.open(connection.producer(), connection.serializers());
    }
}
