package org.ctstream.cli.demo;

import java.util.List;
import org.ctstream.cli.stack.FileTail;
import org.ctstream.cli.stack.Role;
import org.ctstream.cli.stack.RoleProcess;

/** Says which service a stalled run waits for. */
final class StallDiagnosis {
    private StallDiagnosis() {}

    static String of(Progress progress, List<RoleProcess> roles) {
        var text = new StringBuilder("No progress any more at " + progress + ".");
        List<RoleProcess> unready =
                roles.stream().filter(role -> !role.complaint().isEmpty()).toList();
        for (RoleProcess role : unready) {
            text.append(System.lineSeparator())
                    .append(role.name())
                    .append(" is not ready: ")
                    .append(role.complaint());
        }
        List<RoleProcess> suspects = unready;
        if (unready.isEmpty()) {
            Role waiting = waitingFor(progress);
            text.append(" Every service says it is ready; the scans wait for ")
                    .append(waiting.command())
                    .append('.');
            suspects = roles.stream().filter(role -> role.role() == waiting).toList();
        }
        for (RoleProcess role : suspects) {
            text.append(System.lineSeparator())
                    .append("The end of ")
                    .append(role.logFile())
                    .append(':')
                    .append(System.lineSeparator())
                    .append(FileTail.of(role.logFile()));
        }
        return text.toString();
    }

    static Role waitingFor(Progress progress) {
        if (progress.normalized() + progress.deadLettered() < progress.published()) {
            return Role.INGEST;
        }
        return progress.classified() < progress.normalized() ? Role.WORKER : Role.SINK;
    }
}
