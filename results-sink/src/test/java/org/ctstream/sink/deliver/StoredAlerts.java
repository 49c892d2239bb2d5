package org.ctstream.sink.deliver;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.ctstream.schemas.avro.Label;
import org.ctstream.schemas.avro.ScanClassified;
import org.ctstream.sink.store.Classified;
import org.ctstream.sink.store.Database;
import org.ctstream.sink.store.Poll;
import org.ctstream.sink.store.ResultStore;
import org.ctstream.sink.store.SampleResults;

/** Stores positives as the sink does. */
public final class StoredAlerts {
    private static final TopicPartition PARTITION = new TopicPartition(SampleResults.TOPIC, 0);

    private final ResultStore store;
    private long offset;

    public StoredAlerts(Database database, Clock clock) {
        this.store = new ResultStore(database, "group", clock);
    }

    /** One poll with a positive for each scan, each of a study of its own. */
    public void store(String... scanIds) {
        var results = new ArrayList<ScanClassified>();
        for (String scanId : scanIds) {
            ScanClassified result = SampleResults.result(scanId, Label.POSITIVE);
            result.setResultId(scanId);
            result.setStudyUid("study-of-" + scanId);
            results.add(result);
        }
        store(results, 0);
    }

    /** One poll with these results. */
    public void store(List<ScanClassified> results, long publishedBelow) {
        var classified = new ArrayList<Classified>();
        for (ScanClassified result : results) {
            classified.add(new Classified(
                    new ConsumerRecord<>(SampleResults.TOPIC, 0, offset++, new byte[0], new byte[0]), result));
        }
        store.store(new Poll(classified, List.of(), Map.of(PARTITION, offset)), Map.of(PARTITION, publishedBelow));
    }
}
