package org.ctstream.benchmarks.page;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ctstream.benchmarks.cluster.Cluster;
import org.ctstream.benchmarks.cluster.Service;
import org.ctstream.benchmarks.measure.Sample;
import org.ctstream.benchmarks.program.Program;
import org.ctstream.benchmarks.program.Progress;
import org.ctstream.benchmarks.report.Figures;
import org.ctstream.benchmarks.report.Section;
import org.ctstream.benchmarks.report.Table;
import org.ctstream.benchmarks.report.Target;
import org.ctstream.cli.stack.Role;
import org.ctstream.sink.store.Database;
import org.ctstream.sink.store.DatabaseSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code worklist}: what the review page asks of a database that is full. */
@Command(
        name = "worklist",
        description = "The review page's questions with many stored results, on PostgreSQL and on H2.")
public final class WorklistProgram extends Program {
    private static final double WANTED_P99_MS = 50;
    private static final double WANTED_FIRST_CONTENT_MS = 1_000;
    private static final double NANOS_PER_MS = 1e6;
    private static final int STARTING_SECONDS = 40;
    private static final int RESULTS_PER_SECOND = 3_000;
    private static final int LOADS = 20;
    private static final int CONFIRMED = 10_000;

    @Option(names = "--results-stored", paramLabel = "N", description = "Results in each database.")
    private int stored = 100_000;

    @Option(names = "--queries", paramLabel = "N", description = "How often each question is asked of each database.")
    private int queries = 300;

    /** For picocli. */
    public WorklistProgram() {}

    @Override
    protected Duration estimate() {
        return Duration.ofSeconds(STARTING_SECONDS + 2L * stored / RESULTS_PER_SECOND + queries / 5);
    }

    @Override
    protected Section measure(Path folder, Progress progress) throws Exception {
        var byDatabase = new LinkedHashMap<String, Map<String, Sample>>();
        var h2 = new DatabaseSettings(
                "jdbc:h2:file:" + folder.resolve("h2").resolve("results"), "", "", 2, Duration.ofSeconds(60));
        byDatabase.put("H2", questions("H2", h2, progress));
        progress.step("Starting PostgreSQL");
        try (var postgres = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder.resolve("postgres").toFile())
                .start()) {
            String url = "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
            byDatabase.put(
                    "PostgreSQL",
                    questions(
                            "PostgreSQL",
                            new DatabaseSettings(url, "postgres", "postgres", 2, Duration.ofSeconds(60)),
                            progress));
        }
        return section(byDatabase, firstContent(folder, h2.url(), progress));
    }

    private Map<String, Sample> questions(String name, DatabaseSettings settings, Progress progress) {
        progress.step("Storing " + stored + " results in " + name);
        try (Database database = Database.open(settings, new SimpleMeterRegistry())) {
            database.migrate();
            var filled = new ResultsFill(run().seed());
            filled.fill(database, stored, progress);
            ResultsFill.confirm(database, CONFIRMED);
            analyze(database);
            progress.step("Asking " + name);
            var millis = new LinkedHashMap<String, List<Double>>();
            try (var questions =
                    new WorklistQuestions(database, filled, Duration.ofSeconds(20L * stored), run().seed())) {
                ask(questions.all(), millis);
            }
            var samples = new LinkedHashMap<String, Sample>();
            millis.forEach((question, values) -> samples.put(question, Sample.of(values)));
            return samples;
        }
    }

    /** In turn, so that what slows the machine for a while slows all of them; the first tenth warms up. */
    private void ask(Map<String, Runnable> questions, Map<String, List<Double>> millis) {
        for (int i = -queries / 10; i < queries; i++) {
            for (Map.Entry<String, Runnable> question : questions.entrySet()) {
                long begun = System.nanoTime();
                question.getValue().run();
                double took = (System.nanoTime() - begun) / NANOS_PER_MS;
                if (i >= 0) {
                    millis.computeIfAbsent(question.getKey(), any -> new ArrayList<>())
                            .add(took);
                }
            }
        }
    }

    /** PostgreSQL does so by itself within a minute or two of such a load, H2 while it loads. */
    private static void analyze(Database database) {
        database.inTransaction("analyze", connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("ANALYZE");
            }
        });
    }

    private static Sample firstContent(Path folder, String databaseUrl, Progress progress) throws Exception {
        progress.step("Loading the page from a sink on the H2 database");
        var millis = new ArrayList<Double>();
        try (var cluster = Cluster.start(folder.resolve("cluster"));
                var sink = Service.start(cluster, Role.SINK, "sink-worklist", Map.of("database.url", databaseUrl))) {
            var content = new FirstContent(sink.pages());
            for (int i = 0; i < LOADS; i++) {
                long begun = System.nanoTime();
                content.load();
                millis.add((System.nanoTime() - begun) / NANOS_PER_MS);
            }
        }
        return Sample.of(millis);
    }

    private Section section(Map<String, Map<String, Sample>> byDatabase, Sample firstContent) {
        var targets = new ArrayList<Target>();
        var tables = new ArrayList<Table>();
        byDatabase.forEach((name, samples) -> {
            double worst = samples.values().stream()
                    .mapToDouble(sample -> sample.percentile(99))
                    .max()
                    .orElse(Double.NaN);
            targets.add(Target.atMost(name + ": slowest question's p99, ms", WANTED_P99_MS, worst));
            var table = new Table(name + ", ms.", "question", "p50", "p95", "p99", "slowest");
            samples.forEach((question, sample) -> table.row(
                    question,
                    Figures.of(sample.median()),
                    Figures.of(sample.percentile(95)),
                    Figures.of(sample.percentile(99)),
                    Figures.of(sample.max())));
            tables.add(table);
        });
        targets.add(Target.atMost(
                "page, styles, scripts and first list by HTTP, the slowest of " + LOADS + " loads, ms",
                WANTED_FIRST_CONTENT_MS,
                firstContent.max()));
        tables.add(
                new Table("The page by HTTP from a sink in a process of its own, ms.", "", "first", "median", "slowest")
                        .row(
                                "page, styles, scripts and first list, one after the other",
                                Figures.of(firstContent.values().get(0)),
                                Figures.of(firstContent.median()),
                                Figures.of(firstContent.max())));
        return new Section(
                name(),
                "Worklist",
                "Each database is filled as the sink does, then asked what the review page asks, by the page's own classes"
                        + " in this process, each question with other values every time. The first load of the page"
                        + " includes what the sink's JVM compiles for it; a browser asks for files side by side and is"
                        + " faster.",
                targets,
                tables,
                List.of(),
                conditions(1)
                        .put("results stored", stored)
                        .put("confirmed cases", CONFIRMED)
                        .put("questions", queries + " of each kind, after " + queries / 10 + " to warm up")
                        .put(
                                "databases",
                                "H2 in a file; PostgreSQL with its default settings; both analyzed after the load"));
    }
}
