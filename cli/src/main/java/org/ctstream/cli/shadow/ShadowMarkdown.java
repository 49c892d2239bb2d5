package org.ctstream.cli.shadow;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Collectors;
import org.ctstream.trainer.plot.EvaluationPlots;

/** A report as a Markdown page: what the terminal says, every flip, and the pictures beside it. */
final class ShadowMarkdown {
    private ShadowMarkdown() {}

    /** @param roc whether there are ROC curves: they need labelled scans of both classes */
    static String of(ShadowReport report, boolean roc) {
        var said = new StringWriter();
        var out = new PrintWriter(said);
        new ShadowText(report).print(out);
        var text = new StringBuilder("# ")
                .append(report.candidate().id())
                .append(" in shadow of ")
                .append(report.production().id())
                .append("\n\nMade ")
                .append(report.createdAt())
                .append(" by ctstream ")
                .append(report.codeVersion())
                .append(".\n\n```text\n")
                // No text of a source's may end the block.
                .append(said.toString().replace("```", "'''"))
                .append("```\n");
        if (report.labelled() != null) {
            text.append("\n## On labelled scans\n\n| candidate | production |\n| --- | --- |\n");
            if (roc) {
                text.append(row(EvaluationPlots.ROC));
            }
            text.append(row(EvaluationPlots.CALIBRATION)).append(row(EvaluationPlots.CONFUSION));
        }
        if (!report.flips().isEmpty()) {
            text.append("\n## Scans called otherwise\n\n```text\n")
                    .append(report.flips().stream()
                            .map(flip -> "%s  %s %s, was %s %s%n"
                                    .formatted(
                                            flip.scanId().replaceAll("\\p{Cntrl}|`", "?"),
                                            flip.candidate(),
                                            ShadowText.number(flip.candidateProbability()),
                                            flip.production(),
                                            ShadowText.number(flip.productionProbability())))
                            .collect(Collectors.joining()))
                    .append("```\n");
        }
        return text.toString();
    }

    private static String row(String picture) {
        return "| ![candidate](candidate/" + picture + ") | ![production](production/" + picture + ") |\n";
    }
}
