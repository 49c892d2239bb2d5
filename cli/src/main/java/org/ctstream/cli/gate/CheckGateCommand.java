package org.ctstream.cli.gate;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.ctstream.cli.CliException;
import org.ctstream.cli.ExitCodes;
import org.ctstream.cli.console.Table;
import org.ctstream.imaging.slice.GreySlice;
import org.ctstream.model.gate.ChestGate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ctstream model gate check}. */
@Command(
        name = "check",
        description = {
            "Tells how many of these images the gate would refuse, and how far they are from chest CT slices.",
            ""
        },
        footer = {"", "Example: ctstream model gate check --turned ward=/scans/ward"})
public final class CheckGateCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "[NAME=]PLACE",
            description = "Folder of images, one image, or a CSV list of images.")
    private List<String> places = List.of();

    @Option(
            names = "--parameters",
            paramLabel = "FILE",
            description = "What \"ctstream model gate fit\" wrote. Default: what this program brings along.")
    private @Nullable Path parameters;

    @Option(
            names = "--other-half",
            description = "Take only the images that \"ctstream model gate fit --half-of\" leaves out.")
    private boolean otherHalf;

    @Option(
            names = "--turned",
            description = "Also judge each image inverted, turned and mirrored: how many wrong ones would be found.")
    private boolean turned;

    @Override
    public Integer call() {
        ChestGate gate = gate();
        var table = new Table("IMAGES", "VIEW", "N", "REFUSED", "SHARE", "MEDIAN", "99 %", "LARGEST");
        for (String text : places) {
            ImagePlace place = ImagePlace.parse(text);
            ImagePlace.Slices read = place.read(otherHalf ? Half.SECOND : Half.BOTH);
            if (read.slices().isEmpty()) {
                throw CliException.usage("There is no image in " + place.place(), null);
            }
            if (read.unusable() > 0) {
                spec.commandLine()
                        .getErr()
                        .println(place.name() + ": " + read.unusable() + " files are no images and were left out");
            }
            for (View view : turned ? View.values() : new View[] {View.AS_IT_IS}) {
                row(table, place, view, read, gate);
            }
        }
        table.print(spec.commandLine().getOut());
        return ExitCodes.OK;
    }

    private ChestGate gate() {
        try {
            return parameters == null ? ChestGate.bundled() : ChestGate.read(parameters);
        } catch (IllegalArgumentException e) {
            throw CliException.usage(String.valueOf(e.getMessage()), e);
        }
    }

    private static void row(Table table, ImagePlace place, View view, ImagePlace.Slices read, ChestGate gate) {
        double[] distances = read.slices().parallelStream()
                .mapToDouble(slice -> distance(gate, view.of(slice)))
                .sorted()
                .toArray();
        long refused = Arrays.stream(distances)
                .filter(distance -> distance > gate.parameters().threshold())
                .count();
        table.row(
                place.name(),
                view.words(),
                distances.length,
                refused,
                String.format(Locale.ROOT, "%.2f %%", 100.0 * refused / distances.length),
                number(distances[distances.length / 2]),
                number(distances[(int) (distances.length * 0.99)]),
                number(distances[distances.length - 1]));
    }

    private static double distance(ChestGate gate, GreySlice slice) {
        return gate.judge(ByteBuffer.wrap(slice.pixels())).distance();
    }

    private static String number(double distance) {
        return String.format(Locale.ROOT, "%.2f", distance);
    }
}
