package org.ctstream.imaging.phantom;

import java.util.List;
import java.util.Objects;
import org.ctstream.imaging.slice.GreySlice;
import org.ctstream.imaging.slice.HuWindow;

/**
 * One synthetic axial chest slice, as a scanner would have measured it: no patient, no anatomy of anybody.
 *
 * <p>Compared by identity, as {@link PhantomSlices} makes equal ones for equal seeds. The arrays are shared, not copied:
 * a phantom is made to be encoded and thrown away. Thread-safe as long as nobody writes into them.
 */
public final class Phantom {

    private final long seed;
    private final boolean opacities;
    private final int side;
    private final short[] hu;
    private final boolean[] opacityMask;
    private final List<OpacityBox> opacityBoxes;

    Phantom(long seed, boolean opacities, int side, short[] hu, boolean[] opacityMask, List<OpacityBox> opacityBoxes) {
        this.seed = seed;
        this.opacities = opacities;
        this.side = side;
        this.hu = Objects.requireNonNull(hu, "hu");
        this.opacityMask = Objects.requireNonNull(opacityMask, "opacityMask");
        this.opacityBoxes = List.copyOf(opacityBoxes);
    }

    public long seed() {
        return seed;
    }

    /** Whether ground-glass opacities were planted: the phantom's label. */
    public boolean opacities() {
        return opacities;
    }

    /** Rows and columns. */
    public int side() {
        return side;
    }

    /** (side × side) Hounsfield units, row-major, -1024 to 3071. */
    public short[] hu() {
        return hu;
    }

    /** (side × side), row-major: where the planted opacities cover more than half. All false without opacities. */
    public boolean[] opacityMask() {
        return opacityMask;
    }

    /** The box round each planted opacity; empty without opacities. */
    public List<OpacityBox> opacityBoxes() {
        return opacityBoxes;
    }

    /** The slice through the lung window, 8-bit. */
    public GreySlice toGreySlice() {
        byte[] pixels = new byte[hu.length];
        for (int i = 0; i < hu.length; i++) {
            pixels[i] = (byte) HuWindow.LUNG.grey(hu[i]);
        }
        return new GreySlice(side, side, pixels);
    }

    /** The slice as the DICOM file a scanner would send; see {@link DicomEncoding#DEFAULT}. */
    public byte[] toDicom() {
        return toDicom(DicomEncoding.DEFAULT);
    }

    /** The slice as a DICOM Part 10 file. */
    public byte[] toDicom(DicomEncoding encoding) {
        return new PhantomDicom(this, encoding).bytes();
    }

    /** The windowed slice as an 8-bit grey PNG file. */
    public byte[] toPng() {
        return PictureBytes.png(toGreySlice());
    }
}
