package org.ctstream.imaging.sheet;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Writes tiles row by row into one PNG: each slice in its frame, the caption below. Needs no display.
 *
 * <p>Up to {@link #MOST_LARGE_TILES} slices are drawn 224 pixels wide, more of them 112 pixels wide, so that a sheet
 * never takes more than some 20 million pixels.
 */
public final class ContactSheet {

    /** Tiles on one sheet at most. */
    public static final int MOST_TILES = 1000;

    static final int MOST_LARGE_TILES = 120;

    private static final int LARGE_SIDE = 224;

    private static final int SMALL_SIDE = 112;

    private ContactSheet() {}

    /**
     * Draws the sheet and puts it in place in one step: readers see the old file or the whole new one.
     *
     * @param png the file; its folder is made if absent
     * @param tiles 1 to {@link #MOST_TILES}, in reading order
     * @param columns tiles per row, at least 1
     * @throws IllegalArgumentException if there are no, or too many, tiles or columns
     * @throws IOException if the file cannot be written; an older file stays as it was
     */
    public static void write(Path png, List<Tile> tiles, int columns) throws IOException {
        if (tiles.isEmpty() || tiles.size() > MOST_TILES || columns < 1) {
            throw new IllegalArgumentException(
                    "contact sheet of %d tiles in %d columns (expected: 1 to %d tiles, 1 column or more)"
                            .formatted(tiles.size(), columns, MOST_TILES));
        }
        replace(png.toAbsolutePath(), encode(draw(tiles, Math.min(columns, tiles.size()))));
    }

    private static BufferedImage draw(List<Tile> tiles, int columns) {
        TilePainter.Cell cell = new TilePainter.Cell(tiles.size() > MOST_LARGE_TILES ? SMALL_SIDE : LARGE_SIDE);
        int rows = (tiles.size() + columns - 1) / columns;
        BufferedImage image =
                new BufferedImage(columns * cell.width(), rows * cell.height(), BufferedImage.TYPE_INT_RGB);
        try (TilePainter painter = new TilePainter(image, cell)) {
            for (int i = 0; i < tiles.size(); i++) {
                painter.paint(tiles.get(i), i / columns, i % columns);
            }
        }
        return image;
    }

    private static byte[] encode(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(image, "png", output)) {
                throw new IllegalStateException("this Java runtime has no ImageIO writer for png");
            }
        }
        return bytes.toByteArray();
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        // Not a temporary file of the JDK's: those are closed to other users, and the sheet would stay so.
        Path draft = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            Files.write(draft, content, StandardOpenOption.CREATE_NEW);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
