package org.ctstream.imaging.sheet;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import org.ctstream.imaging.slice.GreySlice;
import org.ctstream.imaging.slice.SliceNormalizer;

/** Draws tiles onto a white sheet. */
final class TilePainter implements AutoCloseable {

    private static final int FRAME = 3;

    private static final int MARGIN = 4;

    private static final int CAPTION_HEIGHT = 16;

    private static final int FONT_SIZE = 11;

    private static final String ELLIPSIS = "\u2026";

    private final SliceNormalizer normalizer = new SliceNormalizer();
    private final BufferedImage sheet;
    private final Graphics2D graphics;
    private final Cell cell;

    TilePainter(BufferedImage sheet, Cell cell) {
        this.sheet = sheet;
        this.cell = cell;
        this.graphics = sheet.createGraphics();
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, FONT_SIZE));
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    }

    void paint(Tile tile, int row, int column) {
        int left = column * cell.width() + MARGIN;
        int top = row * cell.height() + MARGIN;
        graphics.setColor(tile.frame().color);
        graphics.fillRect(left, top, cell.side() + 2 * FRAME, cell.side() + 2 * FRAME);
        copy(normalizer.normalize(tile.slice(), cell.side()), left + FRAME, top + FRAME);
        graphics.setColor(Color.BLACK);
        graphics.drawString(fitted(tile.caption()), left + FRAME, top + 2 * FRAME + cell.side() + FONT_SIZE);
    }

    /** Value by value: drawing a grey image would pass it through a colour space that changes its levels. */
    private void copy(GreySlice slice, int left, int top) {
        int[] rgb = new int[slice.pixels().length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (slice.pixels()[i] & 0xFF) * 0x010101;
        }
        sheet.setRGB(left, top, slice.width(), slice.height(), rgb, 0, slice.width());
    }

    private String fitted(String caption) {
        FontMetrics metrics = graphics.getFontMetrics();
        if (metrics.stringWidth(caption) <= cell.side()) {
            return caption;
        }
        int length = Math.min(caption.length(), cell.side());
        while (length > 0 && metrics.stringWidth(caption.substring(0, length) + ELLIPSIS) > cell.side()) {
            length--;
        }
        return caption.substring(0, length) + ELLIPSIS;
    }

    @Override
    public void close() {
        graphics.dispose();
    }

    /**
     * Room of one tile.
     *
     * @param side height and width of the slice as drawn
     */
    record Cell(int side) {

        int width() {
            return side + 2 * (FRAME + MARGIN);
        }

        int height() {
            return side + 2 * (FRAME + MARGIN) + CAPTION_HEIGHT;
        }
    }
}
