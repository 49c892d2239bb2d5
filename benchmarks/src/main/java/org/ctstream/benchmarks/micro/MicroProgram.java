package org.ctstream.benchmarks.micro;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ctstream.benchmarks.program.Program;
import org.ctstream.benchmarks.program.Progress;
import org.ctstream.benchmarks.report.Figures;
import org.ctstream.benchmarks.report.Section;
import org.ctstream.benchmarks.report.Table;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code micro}: the JMH benchmarks, each beside its baseline. */
@Command(name = "micro", description = "Decode, resize, batching and serialization in JMH, each over its baseline.")
public final class MicroProgram extends Program {
    private static final int BENCHMARKS = 23;
    private static final int FORK_SECONDS = 2;

    @Option(names = "--include", paramLabel = "REGEX", description = "Only benchmarks whose class and method fit.")
    private String include = ".*";

    @Option(names = "--seconds", paramLabel = "S", description = "Length of one JMH iteration.")
    private double seconds = 0.5;

    @Option(names = "--iterations", paramLabel = "N", description = "Iterations measured in each JVM.")
    private int iterations = 5;

    @Option(names = "--warm-ups", paramLabel = "N", description = "Iterations before those.")
    private int warmUps = 3;

    /** For picocli. */
    public MicroProgram() {}

    @Override
    protected Duration estimate() {
        double each = FORK_SECONDS + (warmUps + iterations) * seconds;
        return Duration.ofSeconds(Math.round(BENCHMARKS * run().repetitions() * each));
    }

    @Override
    protected Section measure(Path folder, Progress progress) throws Exception {
        TimeValue time = TimeValue.milliseconds(Math.round(seconds * 1_000));
        var options = new OptionsBuilder()
                .include("org\\.ctstream\\.benchmarks\\.micro\\.(" + include + ")")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.MICROSECONDS)
                .forks(run().repetitions())
                .warmupIterations(warmUps)
                .warmupTime(time)
                .measurementIterations(iterations)
                .measurementTime(time)
                .threads(1)
                .param("seed", Long.toString(run().seed()))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .jvmArgsAppend("-Djava.awt.headless=true")
                .build();
        progress.step("JMH runs; it says nothing until it has done");
        return section(new Runner(options).run());
    }

    private Section section(Collection<RunResult> results) {
        Map<String, Map<String, Result<?>>> scores = new LinkedHashMap<>();
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark().replaceAll(".*\\.(\\w+\\.\\w+)$", "$1");
            String record = result.getParams().getParam("record");
            scores.computeIfAbsent(name, key -> new LinkedHashMap<>())
                    .put(record == null ? "" : record, result.getPrimaryResult());
        }
        var table = new Table(
                "Microseconds of one operation on one thread: mean, and half of the 99.9 % confidence interval.",
                "", "us", "baseline", "us", "over baseline");
        for (Comparison comparison : Comparison.ALL) {
            scores.getOrDefault(comparison.subject(), Map.of()).forEach((record, score) -> {
                Result<?> baseline =
                        scores.getOrDefault(comparison.baseline(), Map.of()).get(record);
                table.row(
                        (comparison.what() + " " + record).strip(),
                        text(score),
                        comparison.baselineText(),
                        baseline == null ? "not run" : text(baseline),
                        baseline == null ? "" : Figures.ratio(score.getScore() / baseline.getScore()));
            });
        }
        return new Section(
                name(),
                "Parts of the way of a scan",
                "JMH, average time, one thread; every benchmark in JVMs of its own, one after the other in the same run.",
                List.of(),
                List.of(table),
                new ArrayList<>(),
                conditions()
                        .put("threads", 1)
                        .put(
                                "JMH",
                                String.format(
                                        Locale.ROOT,
                                        "%d JVMs each, %d iterations to warm up and %d measured, %.1f s each",
                                        run().repetitions(),
                                        warmUps,
                                        iterations,
                                        seconds))
                        .put("scans", "phantom of 512 x 512"));
    }

    private static String text(Result<?> result) {
        double error = result.getScoreError();
        return Figures.of(result.getScore()) + (Double.isNaN(error) ? "" : " ± " + Figures.of(error));
    }
}
