package org.ctstream.cli.gate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.ctstream.cli.CliException;
import org.ctstream.cli.ExitCodes;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.ctstream.imaging.slice.GreySlice;
import org.ctstream.imaging.slice.SliceNormalizer;
import org.ctstream.model.gate.GateFit;
import org.ctstream.model.gate.GateParameters;
import org.ctstream.model.gate.SliceFeatures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ctstream model gate fit}. */
@Command(
        name = "fit",
        description = {
            "Fits the gate to chest CT slices and writes what it learned as a file for the worker's gate.parameters: mean,"
                    + " spread and correlation of 46 coarse features. No slice can be made of it again.",
            "Give each scanner or collection as an --images of its own, 100 slices or more, and several of them: a gate"
                    + " that knows one scanner refuses most of another's slices.",
            ""
        },
        footer = {
            "",
            "Example: ctstream model gate fit --name site-1 --images ward=/scans/ward --images clinic=/scans/clinic -o"
                    + " gate.json"
        })
public final class FitGateCommand implements Callable<Integer> {
    private static final String PHANTOMS = "phantoms";
    private static final int PHANTOM_SIDE = 512;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--images",
            paramLabel = "[NAME=]PLACE",
            description =
                    "Folder of chest CT slices (DICOM, PNG, JPEG, TIFF, BMP), or a CSV list of them. More than once.")
    private List<String> images = List.of();

    @Option(
            names = "--half-of",
            paramLabel = "[NAME=]PLACE",
            description = "The same, and only half of its images, told by their names: \"ctstream model gate check"
                    + " --other-half\" judges the others. More than once.")
    private List<String> halves = List.of();

    @Option(
            names = "--phantoms",
            paramLabel = "N",
            description =
                    "Let so many synthetic slices pass too, so that a demo has results; 0 for none. Default: 200.")
    private int phantoms = 200;

    @Option(
            names = "--refuse",
            paramLabel = "SHARE",
            description = "Share of the slices of the place that fits worst that may be refused. Default: 0.005.")
    private double refuse = 0.005;

    @Option(names = "--name", paramLabel = "NAME", required = true, description = "What results call this gate.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String name;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "The file to write.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path output;

    @Override
    public Integer call() {
        List<GateFit.Source> sources = new ArrayList<>();
        try {
            for (String place : images) {
                sources.add(source(place, Half.BOTH));
            }
            for (String place : halves) {
                sources.add(source(place, Half.FIRST));
            }
            if (phantoms > 0) {
                sources.add(new GateFit.Source(PHANTOMS, false, features(phantomSlices(phantoms))));
            }
            write(GateFit.fit(name, sources, refuse));
        } catch (IllegalArgumentException e) {
            throw CliException.usage("Cannot fit a gate: " + e.getMessage(), e);
        }
        return ExitCodes.OK;
    }

    private static GateFit.Source source(String text, Half half) {
        ImagePlace place = ImagePlace.parse(text);
        return new GateFit.Source(place.name(), true, features(place.read(half).slices()));
    }

    private void write(GateParameters parameters) {
        try {
            Files.write(output, parameters.write());
        } catch (IOException e) {
            throw CliException.failure("Cannot write " + output + ": " + e, e);
        }
        var out = spec.commandLine().getOut();
        for (GateParameters.Source source : parameters.sources()) {
            out.println(source.name() + ": " + source.slices() + " slices");
        }
        out.printf(Locale.ROOT, "%s: refuses slices further away than %.2f%n", output, parameters.threshold());
        out.flush();
    }

    static List<GreySlice> phantomSlices(int count) {
        var made = new PhantomSlices(PHANTOM_SIDE);
        var normalizer = new SliceNormalizer();
        return LongStream.range(0, count)
                .parallel()
                .mapToObj(seed ->
                        normalizer.normalize(made.generate(seed, seed % 2 == 0).toGreySlice()))
                .toList();
    }

    private static List<double[]> features(List<GreySlice> slices) {
        return slices.parallelStream()
                .map(slice -> SliceFeatures.of(ByteBuffer.wrap(slice.pixels())))
                .toList();
    }
}
