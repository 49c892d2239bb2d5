package org.ctstream.cli.version;

import java.io.PrintWriter;
import java.util.Properties;
import org.apache.kafka.common.utils.AppInfoParser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ctstream version}. */
@Command(name = "version", description = "Shows the versions of ctstream, Java, Kafka and the deep-learning libraries.")
public final class VersionCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        Properties versions = ProgramVersion.load();
        PrintWriter out = spec.commandLine().getOut();
        out.println("ctstream " + versions.getProperty("ctstream"));
        out.println("java     " + System.getProperty("java.version") + " (" + System.getProperty("java.vm.name") + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ")");
        out.println("kafka    " + AppInfoParser.getVersion());
        out.println("avro     " + versions.getProperty("avro"));
        out.println("djl      " + versions.getProperty("djl"));
        out.println("pytorch  " + versions.getProperty("pytorch"));
        out.flush();
    }
}
