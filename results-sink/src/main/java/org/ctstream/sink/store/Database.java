package org.ctstream.sink.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.ctstream.service.error.StageException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * A pool of connections to the results database. Opening it needs no database: a connection is made when one is asked
 * for, so that the service starts, and says what it waits for, while the database is away.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads.
 */
public final class Database implements AutoCloseable {
    private static final Duration SHORTEST_VALIDATION = Duration.ofMillis(250);

    private final HikariDataSource pool;
    private final String place;

    private Database(HikariDataSource pool, String place) {
        this.pool = pool;
        this.place = place;
    }

    public static Database open(DatabaseSettings settings, MeterRegistry meters) {
        var config = new HikariConfig();
        long timeoutMs = settings.timeout().toMillis();
        config.setPoolName("results");
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(1);
        config.setAutoCommit(false);
        config.setConnectionTimeout(timeoutMs);
        config.setValidationTimeout(Math.max(SHORTEST_VALIDATION.toMillis(), timeoutMs / 2));
        config.setInitializationFailTimeout(-1);
        config.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters));
        if (settings.isPostgres()) {
            String seconds = Long.toString(Math.max(1, timeoutMs / 1_000));
            config.addDataSourceProperty("connectTimeout", seconds);
            config.addDataSourceProperty("socketTimeout", seconds);
            config.addDataSourceProperty("tcpKeepAlive", "true");
            // Else a failed batch is quoted in the message, values and all; the pool logs such messages too.
            config.addDataSourceProperty("logServerErrorDetail", "false");
            config.addDataSourceProperty("ApplicationName", "ctstream-results-sink");
        }
        return new Database(new HikariDataSource(config), settings.place());
    }

    /**
     * Brings the tables to this version's state.
     *
     * @throws StageException retriable if the database is away, fatal if it refuses
     */
    public void migrate() {
        try (Connection connection = pool.getConnection()) {
            // Flyway wraps what goes wrong in types of its own; asking for a connection first sorts the usual causes.
            connection.rollback();
        } catch (SQLException e) {
            throw SqlFailures.of("connect to", place, e);
        }
        try {
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(pool)
                    .locations("classpath:org/ctstream/sink/store/migration")
                    .table("ctstream_sink_schema")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw SqlFailures.of("migrate", place, e);
        }
    }

    /**
     * Runs the work in one transaction: committed if it returns, rolled back if it throws.
     *
     * @param what for the error message, a verb that takes the database as its object
     * @throws StageException as {@link SqlFailures} sorts what the database said
     */
    public <T> T inTransaction(String what, SqlWork<T> work) {
        try (Connection connection = pool.getConnection()) {
            boolean done = false;
            try {
                T value = work.apply(connection);
                connection.commit();
                done = true;
                return value;
            } finally {
                if (!done) {
                    rollback(connection);
                }
            }
        } catch (SQLException e) {
            throw SqlFailures.of(what, place, e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    @SuppressWarnings("EmptyCatch") // The first failure is the one to tell; the pool drops the broken connection.
    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // See above.
        }
    }

    /** Work on one connection. */
    @FunctionalInterface
    public interface SqlWork<T> {
        T apply(Connection connection) throws SQLException;
    }
}
