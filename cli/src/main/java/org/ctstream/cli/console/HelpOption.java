package org.ctstream.cli.console;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The option {@code --help}, and how the text behind it looks, the same for every command. */
public final class HelpOption {
    private HelpOption() {}

    /** Gives it to the command and to all below it. */
    public static void addTo(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this text and exit.")
                .build());
        spec.usageMessage()
                .autoWidth(true)
                .showDefaultValues(true)
                .sortOptions(false)
                .abbreviateSynopsis(true);
        command.getSubcommands().values().forEach(HelpOption::addTo);
    }
}
