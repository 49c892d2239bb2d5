package org.ctstream.sink.store;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/** Writes the table {@code embedding}. */
final class EmbeddingTable {
    private static final String INSERT =
            "INSERT INTO embedding (result_id, model_digest, value_bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";

    private EmbeddingTable() {}

    /** One row for each newly stored result that has an embedding of a length that is kept. */
    static void insert(Connection connection, List<Classified> added) throws SQLException {
        List<Classified> embedded =
                added.stream().filter(Classified::hasEmbedding).toList();
        if (embedded.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Classified result : embedded) {
                insert.setString(1, result.value().getResultId());
                insert.setString(2, result.value().getModelDigest());
                insert.setBytes(3, bytes(Objects.requireNonNull(result.value().getEmbedding())));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static byte[] bytes(ByteBuffer embedding) {
        byte[] bytes = new byte[embedding.remaining()];
        embedding.duplicate().get(bytes);
        return bytes;
    }
}
