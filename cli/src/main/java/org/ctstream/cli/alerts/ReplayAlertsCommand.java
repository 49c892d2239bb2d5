package org.ctstream.cli.alerts;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.ctstream.cli.CliException;
import org.ctstream.sink.store.DeliveryRow;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ctstream alerts replay}. */
@Command(
        name = "replay",
        description = {
            "Sends alerts once more, under the ids they had: those given up as dead, unless --state says otherwise.",
            "They wait behind what is due already, and have all their attempts before them. The sink's log keeps who asked"
                    + " and why.",
            ""
        },
        footer = {
            "",
            "Example: ctstream alerts replay --endpoint ward --dry-run",
            "         ctstream alerts replay --endpoint ward --execute --reason \"receiver mended\""
        })
public final class ReplayAlertsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private SinkOption sink = new SinkOption();

    @Mixin
    private AlertFilter filter = new AlertFilter();

    @ArgGroup(multiplicity = "1")
    private Mode mode = new Mode();

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why, in your words; --execute wants it. No patient data.")
    private @Nullable String reason;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who. Default: the account that runs this.",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
    private String by = "";

    private static final class Mode {
        @SuppressWarnings("UnusedVariable") // read by its absence in "execute"; picocli wants one of the two
        @Option(names = "--dry-run", required = true, description = "Only say what would be sent.")
        private boolean dryRun;

        @Option(names = "--execute", required = true, description = "Send it.")
        private boolean execute;
    }

    @Override
    public void run() {
        Map<String, Object> request = filter.fields();
        request.put("execute", mode.execute);
        if (mode.execute) {
            if (reason == null) {
                throw CliException.usage("--execute wants --reason TEXT: why these alerts are sent once more", null);
            }
            request.put("by", by);
            request.put("reason", reason);
        }
        List<DeliveryRow> rows = sink.alerts().replay(request);
        PrintWriter out = spec.commandLine().getOut();
        if (!rows.isEmpty()) {
            ListAlertsCommand.table(rows).print(out);
        }
        out.println((mode.execute ? "Sent once more: " : "Would be sent once more: ") + rows.size());
        out.flush();
    }
}
