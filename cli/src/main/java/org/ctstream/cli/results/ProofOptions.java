package org.ctstream.cli.results;

import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.connect.ConnectionOptions;
import picocli.CommandLine.Mixin;

/** The options of commands that hold the topics against what is stored. */
public final class ProofOptions {
    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private ResultsOptions results = new ResultsOptions();

    /** The cluster with the topics. */
    public Connection connection() {
        return connection.connection();
    }

    /** @param connection whose file may hold the secrets, by the names of the sink's own keys */
    public StoredResults results(Connection connection) {
        return results.open(connection);
    }
}
