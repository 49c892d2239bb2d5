package org.ctstream.embedded.part;

/**
 * One running piece of the stack, with the handles that failure tests need.
 *
 * <p>A part keeps its data directory and, once started, its ports: a client finds it again after {@link #restart()}
 * or after {@link #kill()} and {@link #start()}.
 *
 * <h2>Thread safety</h2>
 * All methods may be called from any thread; starts and stops exclude each other.
 */
public interface StackPart extends AutoCloseable {

    /** What messages and log files call this part, e.g. {@code broker}. */
    String name();

    /**
     * Starts the part and returns once it serves requests.
     *
     * @throws IllegalStateException if it is running
     * @throws PortTakenException if another process listens on a port that was asked for
     * @throws DirectoryInUseException if another instance works on the data directory
     * @throws EmbeddedException if it does not come up for another reason
     */
    void start();

    /** Ends the part in good order and returns when it has ended; does nothing if it is not running. */
    void stop();

    /**
     * Ends the part as a crash would (SIGKILL) and returns when it is gone; does nothing if it is not running.
     *
     * @throws UnsupportedOperationException if the part lives in this JVM
     */
    void kill();

    boolean isRunning();

    /** Stops the part if it runs, then starts it on the same directory and ports. */
    default void restart() {
        stop();
        start();
    }

    @Override
    default void close() {
        stop();
    }
}
