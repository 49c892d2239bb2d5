package org.ctstream.embedded.process;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The main class of every child JVM: runs the real main class, named by the first argument, and ends the JVM when its
 * parent is gone.
 *
 * <p>The parent holds the other end of this process's standard input. The operating system closes it when the parent
 * ends, even by SIGKILL, where a shutdown hook of the parent would not run. Then this JVM runs its own shutdown hooks,
 * and is halted if they take longer than the grace time (system property {@value #GRACE_PROPERTY}, milliseconds).
 *
 * <p>The parent asks for an orderly stop, without that bound, by writing one byte.
 */
public final class ParentGuard {

    /** Milliseconds an orphan has for its shutdown hooks; {@value #DEFAULT_GRACE_MILLIS} if absent. */
    public static final String GRACE_PROPERTY = "ctstream.guard.grace.ms";

    static final int DEFAULT_GRACE_MILLIS = 1_000;

    private static final int EXIT_USAGE = 2;
    private static final int EXIT_FAILED = 1;

    private ParentGuard() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        if (args.length == 0) {
            System.err.println("Usage: ParentGuard MAIN_CLASS [ARGUMENT...]; it lives until standard input ends");
            System.exit(EXIT_USAGE);
        }
        InputStream parent = System.in;
        System.setIn(InputStream.nullInputStream()); // the real main must not take bytes meant for the guard
        daemon("parent-guard", () -> watch(parent));
        try {
            Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            // Ends the JVM as an uncaught exception of a main class does, but even if it left threads behind.
            Throwable failure = e.getCause() == null ? e : e.getCause();
            failure.printStackTrace();
            System.exit(EXIT_FAILED);
        }
    }

    private static void watch(InputStream parent) {
        // Exit runs in a thread of its own: it blocks until the hooks are done, and the parent may die meanwhile.
        CountDownLatch exitAsked = new CountDownLatch(1);
        daemon("parent-guard-exit", () -> {
            await(exitAsked);
            System.exit(0);
        });
        while (isStopRequest(parent)) {
            exitAsked.countDown();
        }
        exitAsked.countDown();
        await(new CountDownLatch(1), Integer.getInteger(GRACE_PROPERTY, DEFAULT_GRACE_MILLIS));
        Runtime.getRuntime().halt(EXIT_FAILED);
    }

    /** Returns true for a byte (stop), false at the end of the stream (the parent is gone). */
    private static boolean isStopRequest(InputStream parent) {
        try {
            return parent.read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static void await(CountDownLatch latch) {
        await(latch, Integer.MAX_VALUE);
    }

    @SuppressWarnings("ResultOfMethodCallIgnored")
    private static void await(CountDownLatch latch, int millis) {
        try {
            latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody interrupts these threads; ending early is the safe side
        }
    }

    private static void daemon(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }
}
