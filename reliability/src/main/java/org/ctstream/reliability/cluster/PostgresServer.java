package org.ctstream.reliability.cluster;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.ctstream.embedded.part.Ports;
import org.ctstream.sink.SinkKeys;

/**
 * A PostgreSQL server on this machine, to be taken away and given back.
 *
 * <h2>Thread safety</h2>
 * For one thread.
 */
public final class PostgresServer implements SinkDatabase {
    private static final String USER = "postgres";

    private final Path data;
    private final Path binaries;
    private final int port = Ports.free("127.0.0.1", 0);
    private EmbeddedPostgres server;

    /**
     * Starts one.
     *
     * @param folder has its data, which is kept, and its program
     */
    PostgresServer(Path folder) {
        this.data = folder.resolve("data");
        this.binaries = folder.resolve("program");
        this.server = open();
    }

    /** Takes it away: its connections end, its data stays. */
    public void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot stop PostgreSQL in " + data, e);
        }
    }

    /** Gives it back, on the same port. */
    public void start() {
        server = open();
    }

    @Override
    public Map<String, String> keys() {
        return Map.of(SinkKeys.DATABASE_URL, url(), SinkKeys.DATABASE_USER, USER, SinkKeys.DATABASE_PASSWORD, USER);
    }

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), USER, USER);
    }

    @Override
    public String text() {
        return "PostgreSQL in a process of its own";
    }

    @Override
    public void close() {
        stop();
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    private EmbeddedPostgres open() {
        try {
            return EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setOverrideWorkingDirectory(binaries.toFile())
                    .setPort(port)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start PostgreSQL in " + data, e);
        }
    }
}
