package org.ctstream.cli.stack;

import java.io.PrintWriter;

/** Tells people what runs and how to use it. */
public final class StackGuide {
    private StackGuide() {}

    public static void print(LocalStack stack, PrintWriter out) {
        String brokers = stack.connection().bootstrapServers();
        String registry = stack.connection().registryUrl();
        out.println();
        out.println("  review page  " + stack.sink().url() + "/");
        out.println("  results API  " + stack.sink().url() + "/api/results");
        out.println("  Kafka        " + brokers);
        out.println("  registry     " + registry);
        for (RoleProcess role : stack.roles()) {
            out.printf("  %-12s %s/metrics, log %s%n", role.name(), role.url(), role.logFile());
        }
        String to = "--bootstrap-server " + brokers + " --registry " + registry;
        out.println();
        out.println("Publish scans:    ctstream publish " + to + " DIR");
        out.println("Dead letters:     ctstream dead-letters list " + to);
        out.println("Another worker:   ctstream worker -D bootstrap.servers=" + brokers + " -D schema.registry.url="
                + registry + " -D model.store="
                + stack.settings().modelStore() + " -D http.port=0");
        out.println("Models:           ctstream model list " + to + " --store "
                + stack.settings().modelStore());
        out.println("Data are in       " + stack.settings().dataDirectory());
        out.println();
        out.println("Ctrl-C stops everything.");
        out.flush();
    }
}
