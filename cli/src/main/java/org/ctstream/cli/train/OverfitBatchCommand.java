package org.ctstream.cli.train;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.ctstream.cli.ExitCodes;
import org.ctstream.imaging.sheet.ContactSheet;
import org.ctstream.imaging.sheet.Tile;
import org.ctstream.service.config.ServiceConfig;
import org.ctstream.trainer.check.BalancedPick;
import org.ctstream.trainer.check.ImagePrediction;
import org.ctstream.trainer.check.OverfitBatch;
import org.ctstream.trainer.check.OverfitResult;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.dataset.DatasetStatistics;
import org.ctstream.trainer.dataset.LabeledImage;
import org.ctstream.trainer.dataset.Split;
import org.ctstream.trainer.feed.PixelRendering;
import org.ctstream.trainer.feed.Standardisation;
import org.ctstream.trainer.network.TrainingEngine;
import org.ctstream.trainer.run.TrainKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ctstream train overfit-batch}. */
@Command(
        name = "overfit-batch",
        description = {
            "Trains the network on one batch until its loss is about zero, and draws the images with true and predicted"
                    + " label, right ones in green, wrong ones in red.",
            "A network that cannot learn one batch by heart will not learn a data set: fails if it does not.",
            ""
        })
public final class OverfitBatchCommand implements Callable<Integer> {
    private static final int COLUMNS = 8;
    private static final int LINE_EVERY = 10;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--images", paramLabel = "N", description = "Images of the batch, the classes in turn.")
    private int images = 16;

    @Option(names = "--steps", paramLabel = "N", description = "Most steps.")
    private int steps = 200;

    @Option(names = "--side", paramLabel = "PIXELS", description = "Height and width of the images.")
    private int side = 224;

    @Option(names = "--learning-rate", paramLabel = "R", description = "Learning rate, with Adam.")
    private double learningRate = 1e-3;

    @Option(names = "--sheet", paramLabel = "PNG", description = "Where the picture goes.")
    private Path sheet = Path.of("overfit-batch.png");

    @Mixin
    private TrainInput input = new TrainInput();

    @Override
    public Integer call() throws Exception {
        return Failures.reported(this::check);
    }

    private Integer check() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        ServiceConfig config = input.config();
        Dataset dataset = input.dataset(config);
        long seed = config.longInteger(TrainKeys.SEED);
        List<LabeledImage> batch = BalancedPick.of(dataset.images(Split.TRAIN), images, seed);
        DatasetStatistics statistics = dataset.statistics(Split.TRAIN);
        var pixels = new PixelRendering(
                dataset, side, Standardisation.grey(statistics.mean(), statistics.standardDeviation()));
        OverfitResult result = new OverfitBatch(pixels, batch)
                .run(
                        config.string(TrainKeys.ARCHITECTURE),
                        learningRate,
                        steps,
                        seed,
                        TrainingEngine.load(config.string(TrainKeys.DEVICE), config.integer(TrainKeys.THREADS)),
                        (step, loss) -> tell(System.out, step, loss));
        draw(result, dataset);
        out.printf(
                Locale.ROOT,
                "Loss %.4f after %d steps, %d of %d images right: %s%n",
                result.lastLoss(),
                result.losses().size(),
                result.predictions().stream().filter(ImagePrediction::isRight).count(),
                batch.size(),
                result.passed() ? "the network learns" : "it does NOT learn this batch");
        out.println("Picture: " + sheet);
        out.flush();
        return result.passed() ? ExitCodes.OK : ExitCodes.FAILURE;
    }

    private static void tell(PrintStream out, int step, double loss) {
        if (step % LINE_EVERY == 0 || step == 1) {
            out.printf(Locale.ROOT, "step %d: loss %.4f%n", step, loss);
        }
    }

    private void draw(OverfitResult result, Dataset dataset) throws IOException {
        List<Tile> tiles = result.predictions().stream()
                .map(prediction -> new Tile(
                        dataset.slice(prediction.image(), side),
                        "true " + word(prediction.image().positive()) + ", said " + word(prediction.isPositive())
                                + String.format(Locale.ROOT, " %.2f", prediction.probability()),
                        prediction.isRight() ? Tile.Frame.GREEN : Tile.Frame.RED))
                .toList();
        ContactSheet.write(sheet, tiles, Math.min(COLUMNS, tiles.size()));
    }

    private static String word(boolean positive) {
        return positive ? "positive" : "negative";
    }
}
