package org.ctstream.sink;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.TimeoutException;

/** What goes wrong at the first commit of a Kafka transaction; later ones go through. */
enum CommitFault {
    /** The process dies with the database committed and Kafka not. */
    CRASH_BEFORE_COMMIT(false, true),
    /** The process dies with both committed, before it has noted so. */
    CRASH_AFTER_COMMIT(true, true),
    /** The answer to a commit that went through is lost. */
    ANSWER_LOST_AFTER_COMMIT(true, false),
    /** The commit never arrives. */
    REQUEST_LOST(false, false);

    private final boolean commits;
    private final boolean crash;

    CommitFault(boolean commits, boolean crash) {
        this.commits = commits;
        this.crash = crash;
    }

    boolean isCrash() {
        return crash;
    }

    Supplier<Producer<byte[], byte[]>> around(Supplier<Producer<byte[], byte[]>> producers, AtomicBoolean happened) {
        return () -> {
            Producer<byte[], byte[]> real = producers.get();
            return wrap(real, happened);
        };
    }

    @SuppressWarnings("unchecked") // A proxy has the type of its one interface.
    private Producer<byte[], byte[]> wrap(Producer<byte[], byte[]> real, AtomicBoolean happened) {
        return (Producer<byte[], byte[]>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Producer.class}, (proxy, method, arguments) -> {
                    boolean strikes = method.getName().equals("commitTransaction") && !happened.getAndSet(true);
                    try {
                        if (!method.getName().equals("commitTransaction")) {
                            return method.invoke(real, arguments);
                        }
                        if (!strikes || commits) {
                            real.commitTransaction();
                        }
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (strikes) {
                        throw crash ? new SimulatedCrash() : new TimeoutException("no answer to the commit");
                    }
                    return null;
                });
    }

    /** Ends the sink as a crash would: nothing in it handles this. */
    static final class SimulatedCrash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
