package org.ctstream.imaging.phantom;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes synthetic axial chest CT slices from seeds: body with fat and muscle, ribs, spine, heart and great vessels, lungs
 * with vessels and bronchi, the table, scanner noise; on request with ground-glass opacities (soft peripheral patches of
 * -600 to -300 HU). The same seed gives the same values on every machine: integer random numbers, StrictMath and
 * arithmetic that Java defines bit by bit.
 *
 * <p>For demos, load and tests of the mechanics. A classifier that tells these apart has proved nothing about patients.
 *
 * <p>Thread-safe: it keeps nothing between calls.
 */
public final class PhantomSlices {

    /** Rows and columns that CT scanners reconstruct by default. */
    public static final int DEFAULT_SIDE = 512;

    private final int side;

    public PhantomSlices() {
        this(DEFAULT_SIDE);
    }

    /**
     * @param side rows and columns, 64 to 2048
     */
    public PhantomSlices(int side) {
        if (side < 64 || side > 2048) {
            throw new IllegalArgumentException("phantom side " + side + " (expected: 64 to 2048)");
        }
        this.side = side;
    }

    /**
     * One slice.
     *
     * @param seed any number; the anatomy depends on it alone, so the same seed with and without opacities is the same
     *     chest
     * @param opacities whether to plant ground-glass opacities
     */
    public Phantom generate(long seed, boolean opacities) {
        SplittableRandom random = new SplittableRandom(seed);
        Range anatomy = new Range(random.split());
        Range lesions = new Range(random.split());
        Range scanner = new Range(random.split());
        HuCanvas canvas = new HuCanvas(side, -1000);
        ChestAnatomy chest = new ChestAnatomy(anatomy, side);
        chest.paintBody(canvas);
        boolean[] mask = new boolean[side * side];
        List<OpacityBox> boxes = new ArrayList<>();
        if (opacities) {
            new GroundGlass(lesions, chest).plant(canvas, mask, boxes);
        }
        chest.paintLungContent(canvas);
        return new Phantom(seed, opacities, side, new ScannerNoise(scanner).measure(canvas), mask, boxes);
    }
}
