package org.ctstream.sink.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Where a record stands in Kafka. */
public record RecordPlace(String topic, int partition, long offset) {
    /** From the columns that begin so; null if they are. */
    static @Nullable RecordPlace read(ResultSet row, String prefix) throws SQLException {
        String topic = row.getString(prefix + "_topic");
        return topic == null
                ? null
                : new RecordPlace(topic, row.getInt(prefix + "_partition"), row.getLong(prefix + "_offset"));
    }
}
