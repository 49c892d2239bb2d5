package org.ctstream.cli.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.ctstream.cli.ExitCodes;
import org.ctstream.imaging.augment.AugmentationSettings;
import org.ctstream.imaging.augment.Augmenter;
import org.ctstream.imaging.sheet.ContactSheet;
import org.ctstream.imaging.sheet.Tile;
import org.ctstream.trainer.check.BalancedPick;
import org.ctstream.trainer.dataset.Dataset;
import org.ctstream.trainer.dataset.LabeledImage;
import org.ctstream.trainer.dataset.Split;
import org.ctstream.trainer.feed.PixelRendering;
import org.ctstream.trainer.feed.Seeds;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ctstream train preview-augmentation}. */
@Command(
        name = "preview-augmentation",
        description = {"Draws a few training images, each as it is served and then augmented several times.", ""},
        footer = {"", "Example: ctstream train preview-augmentation --augmentation strong,rotate=-20..20"})
public final class PreviewAugmentationCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--augmentation",
            paramLabel = "TEXT",
            description = "none, centre-crop, weak, standard or strong, and what differs from it.")
    private String augmentation = "standard";

    @Option(names = "--images", paramLabel = "N", description = "Images, one a row.")
    private int images = 6;

    @Option(names = "--copies", paramLabel = "N", description = "Augmented copies of each.")
    private int copies = 7;

    @Option(names = "--side", paramLabel = "PIXELS", description = "Height and width of the augmented images.")
    private int side = 224;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of images and augmentation.")
    private long seed = 1;

    @Option(names = "--sheet", paramLabel = "PNG", description = "Where the picture goes.")
    private Path sheet = Path.of("augmentation.png");

    @Mixin
    private TrainInput input = new TrainInput();

    @Override
    public Integer call() throws Exception {
        return Failures.reported(this::draw);
    }

    private Integer draw() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        AugmentationSettings settings = AugmentationSettings.parse(augmentation);
        Augmenter augmenter = new Augmenter(settings, side);
        Dataset dataset = input.dataset(input.config());
        List<Tile> tiles = new ArrayList<>();
        for (LabeledImage image : BalancedPick.of(dataset.images(Split.TRAIN), images, seed)) {
            tiles.add(
                    new Tile(dataset.slice(image, side), image.positive() ? "positive" : "negative", Tile.Frame.NONE));
            for (int copy = 0; copy < copies; copy++) {
                var random = new SplittableRandom(Seeds.of(seed, Seeds.of(image.digest()), copy));
                tiles.add(new Tile(
                        augmenter.apply(dataset.slice(image, PixelRendering.SOURCE_SIDE), random),
                        "copy " + (copy + 1),
                        Tile.Frame.NONE));
            }
        }
        ContactSheet.write(sheet, tiles, copies + 1);
        out.println(settings.describe());
        out.println("Picture: " + sheet);
        out.flush();
        return ExitCodes.OK;
    }
}
