package org.ctstream.cli.roles;

import java.util.concurrent.Callable;
import org.ctstream.gateway.GatewayKeys;
import org.ctstream.gateway.GatewayService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ctstream gateway}. */
@Command(
        name = "gateway",
        description = {
            "Runs the PACS gateway: receives scans by DICOM C-STORE and by DICOMweb STOW-RS, publishes them without"
                    + " what identifies a patient, and answers success only when Kafka has them.",
            "Runs until it is told to stop (SIGTERM, Ctrl-C); then it finishes and answers what is coming in.",
            ""
        },
        footer = {"", "Example: ctstream gateway --config gateway.properties -D dicom.ae.calling=PACS1,CT2"})
public final class GatewayCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private RoleOptions options = new RoleOptions();

    @Override
    public Integer call() {
        return new RoleRunner("gateway", GatewayKeys.def(), GatewayService::create)
                .run(options, spec.commandLine().getOut());
    }
}
