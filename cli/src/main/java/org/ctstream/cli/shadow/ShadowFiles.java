package org.ctstream.cli.shadow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ctstream.cli.CliException;
import org.ctstream.cli.console.Json;
import org.ctstream.trainer.evaluate.Evaluation;
import org.ctstream.trainer.plot.EvaluationPlots;
import org.jspecify.annotations.Nullable;

/** Writes a report's files into a folder: {@value #JSON}, {@value #MARKDOWN}, and the pictures of both releases. */
final class ShadowFiles {
    static final String JSON = "report.json";
    static final String MARKDOWN = "report.md";

    private ShadowFiles() {}

    /**
     * @param folder is created if absent
     * @param scores of the labelled scans; null if there are none
     * @throws CliException if a file cannot be written
     */
    static void write(Path folder, ShadowReport report, @Nullable LabelledScores scores) {
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve(JSON),
                    Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(report) + System.lineSeparator());
            boolean roc = scores != null && hasBothClasses(scores.ofCandidate());
            Files.writeString(folder.resolve(MARKDOWN), ShadowMarkdown.of(report, roc));
            if (scores != null) {
                EvaluationPlots.write(folder.resolve("candidate"), scores.candidate(), scores.ofCandidate());
                EvaluationPlots.write(folder.resolve("production"), scores.production(), scores.ofProduction());
            }
        } catch (IOException e) {
            throw CliException.failure("Cannot write the report to " + folder + ": " + e, e);
        }
    }

    private static boolean hasBothClasses(Evaluation evaluation) {
        return evaluation.positives() > 0 && evaluation.negatives() > 0;
    }
}
