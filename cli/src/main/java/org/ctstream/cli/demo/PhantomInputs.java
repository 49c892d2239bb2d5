package org.ctstream.cli.demo;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.ctstream.imaging.phantom.PhantomSlices;
import org.ctstream.publisher.MediaTypes;
import org.ctstream.publisher.ScanInput;

/** Synthetic slices to publish: PNG and DICOM in turn, half of them with opacities. */
final class PhantomInputs {
    private static final int SIDE = 512;
    /** Before a phantom is made, only its order of size matters: less than any record limit. */
    private static final long ROUGH_BYTES = SIDE * SIDE;

    private PhantomInputs() {}

    /** @param seed of the first; the others follow */
    static List<ScanInput> of(int count, long seed) {
        var slices = new PhantomSlices(SIDE);
        return MadeAhead.of(IntStream.range(0, count)
                .mapToObj(i -> input(slices, i, seed + i))
                .toList());
    }

    private static ScanInput input(PhantomSlices slices, int index, long seed) {
        boolean dicom = index % 2 == 1;
        boolean opacities = index / 2 % 2 == 1;
        String name = String.format(
                Locale.ROOT, "phantom-%04d%s.%s", index + 1, opacities ? "-opacities" : "", dicom ? "dcm" : "png");
        return new ScanInput(name, ROUGH_BYTES, MediaTypes.ofName(name), () -> {
            var phantom = slices.generate(seed, opacities);
            return dicom ? phantom.toDicom() : phantom.toPng();
        });
    }
}
