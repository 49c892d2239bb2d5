package org.ctstream.cli.it;

import java.util.Map;
import org.ctstream.cli.connect.Connection;

/** A broker, a registry and a database for the stream to run on. */
interface StreamPlatform extends AutoCloseable {
    Connection connection();

    /** The results sink's {@code database.*} keys. */
    Map<String, String> databaseKeys();

    @Override
    void close();
}
