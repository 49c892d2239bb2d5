package org.ctstream.reliability.cluster;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.ctstream.sink.SinkKeys;

/**
 * H2 inside the sink's process: it dies with it.
 *
 * @param file without its ending
 */
record H2File(Path file) implements SinkDatabase {
    /** The sink opens it so, and names of tables depend on it; one that is not there must not be made by looking at it. */
    private static final String AS_THE_SINK = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;IFEXISTS=TRUE";

    @Override
    public Map<String, String> keys() {
        return Map.of(SinkKeys.DATABASE_URL, url());
    }

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url() + AS_THE_SINK);
    }

    @Override
    public String text() {
        return "H2 in the sink's process, killed with it";
    }

    @Override
    public void close() {
        // It lives in the sink.
    }

    private String url() {
        return "jdbc:h2:file:" + file;
    }
}
