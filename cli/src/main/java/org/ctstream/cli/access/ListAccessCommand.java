package org.ctstream.cli.access;

import org.ctstream.service.access.Rights;
import org.ctstream.service.access.RightsText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ctstream access list}. */
@Command(name = "list", description = "Lists every right of every user as a Markdown table. Asks no broker.")
public final class ListAccessCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().getOut().print(RightsText.table(Rights.all()));
        spec.commandLine().getOut().flush();
    }
}
