package org.ctstream.cli.shadow;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.ctstream.cli.CliException;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.connect.Connection;
import org.ctstream.cli.connect.ConnectionOptions;
import org.ctstream.cli.connect.StoreOption;
import org.ctstream.cli.console.Interruption;
import org.ctstream.cli.console.ReadProgress;
import org.ctstream.model.bundled.DefaultRelease;
import org.ctstream.model.classify.Classifier;
import org.ctstream.model.classify.ClassifierException;
import org.ctstream.model.release.ModelRelease;
import org.ctstream.model.release.StoredRelease;
import org.ctstream.model.weights.WeightsException;
import org.ctstream.releases.Promotion;
import org.ctstream.releases.ReleaseCatalogue;
import org.ctstream.releases.ReleaseTopic;
import org.ctstream.releases.StageChange;
import org.ctstream.schemas.avro.ModelStage;
import org.ctstream.schemas.topic.Topic;
import org.ctstream.trainer.plot.PlotException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ctstream model shadow}. */
@Command(
        name = "shadow",
        description = {
            "Has a candidate classify what production classifies, replayed or live, and reports how they differ: agreement,"
                    + " flips, and on scans with a reader's label ROC and calibration of both.",
            "Reads topics in no group and writes no result: production is not disturbed. A summary that names no scan goes to"
                    + " ct.model.assessed, where \"model promote --require-shadow\" and the page look for it.",
            "Ctrl-C ends it with the report so far, which is not published.",
            "Not a medical device.",
            ""
        },
        footer = {
            "",
            "Example: ctstream model shadow densenet169:1.1.0 --last 2000 --out shadow/",
            "         ctstream model shadow densenet169:1.1.0 --live --for 8h"
        })
public final class ShadowModelCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private StoreOption store = new StoreOption();

    @Parameters(paramLabel = "CANDIDATE", description = "The candidate, name:version, in the model store.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String candidate;

    @Mixin
    private AgainstOption against = new AgainstOption();

    @Mixin
    private RangeOptions range = new RangeOptions();

    @Mixin
    private EngineSelection engine = new EngineSelection();

    @Option(
            names = "--classify-production",
            description =
                    "Where production has no result of a replayed slice, classify it with production's release too,"
                            + " from the model store.")
    private boolean classifyProduction;

    @Option(names = "--no-labels", description = "Do not read ct.scan.labeled: no ROC, no calibration.")
    private boolean noLabels;

    @Option(
            names = "--all-labels",
            description = "Use labels too that a release may have been trained on. By default labels that stood on"
                    + " ct.scan.labeled when a release's training data was taken are left out, but for the test split.")
    private boolean allLabels;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write " + ShadowFiles.JSON + ", " + ShadowFiles.MARKDOWN + " and pictures into this folder.")
    private @Nullable Path out;

    @Option(names = "--no-publish", description = "Do not write to ct.model.assessed.")
    private boolean noPublish;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who, for the summary. Default: the account that runs this.",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
    private String by = "";

    @Override
    public Integer call() {
        ShadowRange slices = range.range();
        int most = range.most();
        if (classifyProduction && slices instanceof ShadowRange.Live) {
            throw CliException.usage("--classify-production goes with a replayed range", null);
        }
        try {
            StoredRelease stored = DefaultRelease.find(store.store(), AgainstOption.id("CANDIDATE", candidate));
            new StageChange(ModelStage.CANDIDATE, by, null); // the same bounds
            shadow(stored, slices, most);
            return ExitCodes.OK;
        } catch (ClassifierException | WeightsException e) {
            throw CliException.failure("The candidate " + candidate + " cannot be run: " + e.getMessage(), e);
        } catch (PlotException e) {
            throw CliException.failure(String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw CliException.usage(String.valueOf(e.getMessage()), e);
        }
    }

    private void shadow(StoredRelease stored, ShadowRange slices, int most) {
        Connection to = connection.connection();
        ReleaseCatalogue catalogue = new ReleaseTopic(to.consumer(), to.serializers()).read();
        ModelRelease release = stored.release();
        Promotion.otherWeights(
                        catalogue,
                        release.id(),
                        release.sha256(),
                        stored.folder().toString())
                .ifPresent(why -> {
                    throw CliException.failure("Cannot take " + release.id() + " into shadow: " + why, null);
                });
        Production production = against.choose(catalogue, store.store(), release.id());
        if (!noPublish) {
            AssessmentTopic.prepare(to);
        }
        var progress = new ReadProgress(spec.commandLine().getErr());
        try (var interruption = new Interruption();
                Classifier classifier = engine.open(stored);
                var reader = ShadowRun.slices(to)) {
            tell(release.id() + " in shadow of " + production.id() + ": " + slices.text());
            var run = new ShadowRun(to, reader, slices, most, production, progress, this::tell);
            ShadowOutcome outcome = run.run(classifier, classifyProduction ? opener(production) : null);
            boolean partial = outcome.partial() || interruption.isAsked();
            ReaderLabels.Found labels =
                    partial ? ReaderLabels.Found.NONE : labels(to, progress, outcome, release, production);
            LabelledScores scores = LabelledScores.of(
                            outcome.compared(), labels.positive(), release.threshold(), production.threshold())
                    .orElse(null);
            var reporting = new ShadowReporting(by, engine.batch());
            ShadowReport report = reporting.report(classifier, production, slices, outcome, partial, labels, scores);
            finish(to, report, scores);
        }
    }

    private void finish(Connection to, ShadowReport report, @Nullable LabelledScores scores) {
        PrintWriter writer = spec.commandLine().getOut();
        new ShadowText(report).print(writer);
        if (out != null) {
            ShadowFiles.write(out, report, scores);
            writer.println("Written: " + out.resolve(ShadowFiles.MARKDOWN));
        }
        if (!noPublish && !report.partial() && report.agreement().scans() > 0) {
            long offset = AssessmentTopic.publish(to, report);
            writer.println("Published (" + Topic.MODEL_ASSESSED.topicName() + ", offset " + offset + ").");
        }
        writer.flush();
    }

    private ReaderLabels.Found labels(
            Connection to, ReadProgress progress, ShadowOutcome outcome, ModelRelease release, Production production) {
        if (noLabels || outcome.compared().isEmpty()) {
            return ReaderLabels.Found.NONE;
        }
        List<Map<String, Long>> trainedTo =
                allLabels ? List.of() : List.of(release.lineage().labelOffsets(), production.labelOffsets());
        return ReaderLabels.read(
                to,
                progress,
                outcome.compared().stream().map(scan -> scan.key().digest()).collect(Collectors.toSet()),
                trainedTo);
    }

    private Supplier<Classifier> opener(Production production) {
        StoredRelease stored = DefaultRelease.find(store.store(), production.id());
        if (!stored.release().sha256().equals(production.sha256())) {
            throw CliException.failure(
                    "Cannot classify with " + production.id() + ": " + stored.folder()
                            + " has other weights than were announced",
                    null);
        }
        return () -> engine.open(stored);
    }

    private void tell(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }
}
