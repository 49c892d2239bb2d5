package org.ctstream.imaging.sheet;

import java.awt.Color;
import java.util.Objects;
import org.ctstream.imaging.slice.GreySlice;

/**
 * One slice of a sheet.
 *
 * @param slice any geometry; drawn stretched to the tile's square, as the network gets it
 * @param caption one line under the slice, cut off with an ellipsis where it is too wide; must not hold patient data
 * @param frame colour around the slice
 */
public record Tile(GreySlice slice, String caption, Frame frame) {

    public Tile {
        Objects.requireNonNull(slice, "slice");
        Objects.requireNonNull(caption, "caption");
        Objects.requireNonNull(frame, "frame");
    }

    /** Colour around a slice. The shades are told apart by their lightness too, for red-green blind readers. */
    public enum Frame {
        NONE(Color.WHITE),
        GREEN(new Color(0x00A651)),
        RED(new Color(0xC8102E));

        final Color color;

        Frame(Color color) {
            this.color = color;
        }
    }
}
