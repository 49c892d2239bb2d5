package org.ctstream.cli.access;

import org.ctstream.service.access.Rights;
import org.ctstream.service.access.RightsText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ctstream access script}. */
@Command(
        name = "script",
        description = "Prints a Bash script that gives every user its rights with Kafka's kafka-acls.sh; it is also in"
                + " deploy/security/acls.sh.")
public final class AccessScriptCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().getOut().print(RightsText.script(Rights.all()));
        spec.commandLine().getOut().flush();
    }
}
