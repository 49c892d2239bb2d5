package org.ctstream.cli.console;

import java.io.Console;

/** Whether a person watches. */
public final class Terminal {
    private static final int CONSOLE_ALWAYS_THERE = 22;

    private Terminal() {}

    /** True if input and output are a terminal that understands cursor movement. */
    @SuppressWarnings("SystemConsoleNull") // both behaviours are dealt with
    public static boolean isInteractive() {
        Console console = System.console();
        String kind = System.getenv().getOrDefault("TERM", "dumb");
        return console != null && isTerminal(console) && !kind.equals("dumb");
    }

    /** Since Java 22 there is a console without a terminal too, and the method that tells. */
    private static boolean isTerminal(Console console) {
        if (Runtime.version().feature() < CONSOLE_ALWAYS_THERE) {
            return true;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
