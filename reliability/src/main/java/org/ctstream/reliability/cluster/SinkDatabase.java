package org.ctstream.reliability.cluster;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** The results sink's database. */
public sealed interface SinkDatabase extends AutoCloseable permits H2File, PostgresServer {

    /** The sink's keys to reach it. */
    Map<String, String> keys();

    /**
     * A connection beside the sink's.
     *
     * @throws SQLException also if the database is a file and the sink still has it open
     */
    Connection connect() throws SQLException;

    /** For the conditions of a run. */
    String text();

    @Override
    void close();
}
