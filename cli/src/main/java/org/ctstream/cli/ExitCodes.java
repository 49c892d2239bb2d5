package org.ctstream.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** The exit codes of every subcommand. */
public final class ExitCodes {
    public static final int OK = 0;
    public static final int FAILURE = 1;
    public static final int USAGE = 2;

    private ExitCodes() {}

    /** For the help texts. */
    static Map<String, String> texts() {
        var texts = new LinkedHashMap<String, String>();
        texts.put(" " + OK, "done; every scan is accounted for");
        texts.put(" " + FAILURE, "something failed, or not every scan is accounted for");
        texts.put(" " + USAGE, "the command line or a configuration cannot be used");
        return texts;
    }
}
