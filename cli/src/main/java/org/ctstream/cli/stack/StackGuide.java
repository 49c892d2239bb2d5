package org.ctstream.cli.stack;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.ctstream.service.access.ServiceUser;

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
        stack.httpUserInfoFile().ifPresent(file -> {
            out.println("  page and API ask for the user and password in " + file);
            out.println(
                    "  Kafka and the registry ask too: TLS, one user per service, rights as docs/security.md lists");
        });
        String plain = "--bootstrap-server " + brokers + " --registry " + registry;
        String publisher = as(stack, ServiceUser.PUBLISHER).orElse(plain);
        String operator = as(stack, ServiceUser.OPERATOR).orElse(plain);
        out.println();
        out.println("Publish scans:    ctstream publish " + publisher + " DIR");
        out.println("Dead letters:     ctstream dead-letters list " + operator);
        String worker = service(stack, ServiceUser.WORKER, brokers, registry);
        String gateway = service(stack, ServiceUser.GATEWAY, brokers, registry);
        out.println("From a PACS:      ctstream gateway " + gateway + " -D dicom.ae.calling=TITLE");
        out.println("Another worker:   ctstream worker " + worker + " -D model.store="
                + stack.settings().modelStore() + " -D http.port=0");
        out.println("Models:           ctstream model list " + operator + " --store "
                + stack.settings().modelStore());
        out.println("Data are in       " + stack.settings().dataDirectory());
        out.println();
        out.println("Ctrl-C stops everything.");
        out.flush();
    }

    private static Optional<String> as(LocalStack stack, ServiceUser user) {
        return stack.commandConfig(user).map((Path file) -> "--command-config " + file);
    }

    /** How one more service of a kind is told where everything is. */
    private static String service(LocalStack stack, ServiceUser user, String brokers, String registry) {
        return stack.commandConfig(user)
                .map(file -> "--config " + file + " -D topics.create=false")
                .orElse("-D bootstrap.servers=" + brokers + " -D schema.registry.url=" + registry);
    }
}
