package org.ctstream.sink.store;

import java.time.Duration;

/**
 * Who delivers to which endpoint. At most one owner holds an endpoint's lease; a lease that its owner does not renew,
 * because the process was killed, runs out.
 *
 * <h2>Thread safety</h2>
 * Safe for use by any number of threads and sinks.
 */
public final class Leases {
    private final Database database;

    Leases(Database database) {
        this.database = database;
    }

    /**
     * Takes or keeps the lease if nobody else has it. The row is locked with {@code SKIP LOCKED}, on PostgreSQL and on H2:
     * who comes second does not wait, it does something else.
     *
     * @param owner unique to a process and a start of it
     * @return true if the owner has it; then for half of that length at least, if the database's clock goes on
     */
    public boolean hold(String endpoint, String owner, Duration length) {
        return database.inTransaction(
                "lease an endpoint in", connection -> LeaseTable.hold(connection, endpoint, owner, length));
    }

    /** Gives the lease back, if the owner has it. */
    public void release(String endpoint, String owner) {
        database.inTransaction("give back an endpoint in", connection -> {
            LeaseTable.release(connection, endpoint, owner);
            return true;
        });
    }
}
