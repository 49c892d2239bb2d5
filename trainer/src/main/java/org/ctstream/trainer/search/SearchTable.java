package org.ctstream.trainer.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The results of a search as a table: for people, as CSV, as JSON. */
public final class SearchTable {
    /** Headings of the text's columns. */
    public static final List<String> HEADINGS = List.of(
            "trial",
            "validation AUC",
            "best epoch",
            "epochs",
            "seconds",
            "learning rate",
            "batch",
            "augmentation",
            "trainable",
            "failure");

    private static final String CSV_HEADINGS =
            "trial,validation_auc,best_epoch,epochs,seconds,learning_rate,batch_size,augmentation,trainable,failure";

    private final List<TrialResult> results;

    /** @param results in the order of the rows */
    public SearchTable(List<TrialResult> results) {
        this.results = List.copyOf(results);
    }

    /** A row of texts for each result, as many as there are {@link #HEADINGS}. */
    public List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (TrialResult result : results) {
            TrialSettings settings = result.settings();
            rows.add(List.of(
                    Integer.toString(settings.number()),
                    result.hasFailed() ? "-" : String.format(Locale.ROOT, "%.4f", result.validationAuc()),
                    result.hasFailed() ? "-" : Integer.toString(result.bestEpoch()),
                    Integer.toString(result.epochs()),
                    String.format(Locale.ROOT, "%.1f", result.seconds()),
                    Double.toString(settings.learningRate()),
                    Integer.toString(settings.batchSize()),
                    settings.augmentation(),
                    settings.trainableText(),
                    result.failure() == null ? "" : result.failure()));
        }
        return rows;
    }

    /** RFC 4180, with a line of headings. */
    String csv() {
        var text = new StringBuilder(CSV_HEADINGS).append("\r\n");
        for (List<String> row : rows()) {
            text.append(String.join(",", row.stream().map(SearchTable::field).toList()))
                    .append("\r\n");
        }
        return text.toString();
    }

    /**
     * The best trial's keys as lines of a properties file; a remark if there is none.
     *
     * @param phase the phase that was searched
     */
    public String bestAsProperties(String phase) {
        if (results.isEmpty() || results.get(0).hasFailed()) {
            return "# no trial has finished\n";
        }
        TrialResult best = results.get(0);
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "# trial %d: validation AUC %.4f in epoch %d of %d%n",
                best.settings().number(),
                best.validationAuc(),
                best.bestEpoch(),
                best.epochs()));
        best.settings()
                .keys(phase)
                .forEach((key, value) ->
                        text.append(key).append('=').append(value).append('\n'));
        return text.toString();
    }

    /** Writes {@code results.csv} and {@code results.json}. */
    void write(SearchFolder folder) {
        folder.write(folder.root().resolve("results.csv"), csv().getBytes(UTF_8));
        folder.write(folder.root().resolve("results.json"), results);
    }

    private static String field(String text) {
        return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
