package org.ctstream.cli.access;

import java.io.PrintWriter;
import java.util.List;
import org.ctstream.cli.connect.AdminCalls;
import org.ctstream.cli.connect.ConnectionOptions;
import org.ctstream.service.access.AccessControl;
import org.ctstream.service.access.Right;
import org.ctstream.service.access.Rights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ctstream access apply}. */
@Command(
        name = "apply",
        description = {
            "Makes the ACLs of ctstream's users what \"ctstream access list\" shows: adds what is missing, takes away what"
                    + " is too much. ACLs of other users are not touched. Needs an administrator of the cluster.",
            ""
        },
        footer = {"", "Example: ctstream access apply --command-config admin.properties"})
public final class ApplyAccessCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        List<Right> rights = Rights.all();
        try (var calls = new AdminCalls(connection.connection())) {
            new AccessControl(calls.admin()).bring(rights);
        }
        out.println("The cluster has the " + rights.size() + " rights of ctstream's users");
        out.flush();
    }
}
