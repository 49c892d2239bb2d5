package org.ctstream.cli.model;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Optional;
import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.connect.PartitionReader;
import org.ctstream.cli.console.ReadProgress;
import org.ctstream.model.release.ReleaseId;
import org.ctstream.releases.ReleaseAnnouncer;
import org.ctstream.releases.ReleaseCatalogue;
import org.ctstream.releases.ReleaseTopic;
import org.ctstream.releases.assess.Assessments;
import org.ctstream.schemas.avro.ModelAssessed;
import org.ctstream.schemas.topic.Topic;

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

    /** The newest assessment of this release; none if there is no such topic either. */
    Optional<ModelAssessed> assessment(ReleaseId release) {
        String topic = Topic.MODEL_ASSESSED.topicName();
        var progress = new ReadProgress(new PrintWriter(Writer.nullWriter()));
        try (var assessments = new Assessments(connection.serializers());
                var reader = PartitionReader.ofRecords(connection, progress)) {
            reader.read(reader.partitions(topic), null, topic, assessments::take);
            return assessments.of(release);
        }
    }
}
