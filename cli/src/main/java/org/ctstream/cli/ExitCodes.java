package org.ctstream.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ctstream.service.lifecycle.ServiceRunner;

/** The exit codes of every subcommand, the services' own among them. */
public final class ExitCodes {
    public static final int OK = ServiceRunner.EXIT_OK;
    public static final int FAILURE = ServiceRunner.EXIT_FATAL;
    public static final int USAGE = ServiceRunner.EXIT_CONFIGURATION;

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
