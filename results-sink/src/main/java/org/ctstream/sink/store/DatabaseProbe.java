package org.ctstream.sink.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.ctstream.service.dependency.Probe;
import org.jspecify.annotations.Nullable;

/**
 * Asks the database whether it is there, by a connection of its own that is given up as soon as it fails. The pool's
 * connections have longer time limits, and may all be taken.
 */
public final class DatabaseProbe implements Probe {
    private static final int TIMEOUT_SECONDS = TIMEOUT_MS / 1_000;

    private final DatabaseSettings settings;
    private @Nullable Connection connection;

    public DatabaseProbe(DatabaseSettings settings) {
        this.settings = settings;
    }

    /** @throws org.ctstream.service.error.StageException without the words of the driver, which may quote values */
    @Override
    public void ask() {
        try {
            Connection open = connection == null ? open() : connection;
            connection = open;
            if (!open.isValid(TIMEOUT_SECONDS)) {
                throw new SQLException("no answer within " + TIMEOUT_SECONDS + " s", "08000");
            }
        } catch (SQLException e) {
            close();
            throw SqlFailures.of("ask", settings.place(), e);
        }
    }

    @Override
    @SuppressWarnings("EmptyCatch") // It is given up because it is broken.
    public void close() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            // See above.
        } finally {
            connection = null;
        }
    }

    private Connection open() throws SQLException {
        var properties = new Properties();
        if (!settings.user().isEmpty()) {
            properties.setProperty("user", settings.user());
            properties.setProperty("password", settings.password());
        }
        if (settings.isPostgres()) {
            String seconds = Integer.toString(TIMEOUT_SECONDS);
            properties.setProperty("connectTimeout", seconds);
            properties.setProperty("socketTimeout", seconds);
            properties.setProperty("loginTimeout", seconds);
            properties.setProperty("logServerErrorDetail", "false");
            properties.setProperty("ApplicationName", "ctstream-results-sink-watch");
        }
        return DriverManager.getConnection(settings.url(), properties);
    }
}
