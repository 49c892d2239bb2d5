package org.ctstream.imaging.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.ctstream.imaging.slice.GreySlice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContactSheetTest {

    /** A 224-pixel slice, 3 of frame and 4 of margin on both sides; 16 more for the caption. */
    private static final int CELL_WIDTH = 238;

    private static final int CELL_HEIGHT = 254;

    private static final int GREEN = 0xFF00A651;

    private static final int RED = 0xFFC8102E;

    private static final int WHITE = 0xFFFFFFFF;

    @TempDir
    private Path folder;

    @Test
    void tilesAreLaidOutInReadingOrderWithTheirFramesAndExactGreyLevels() throws IOException {
        BufferedImage sheet = written(
                List.of(tile(10, "a", Tile.Frame.GREEN), tile(20, "b", Tile.Frame.RED), tile(30, "c", Tile.Frame.NONE)),
                2);

        assertThat(sheet.getWidth()).isEqualTo(2 * CELL_WIDTH);
        assertThat(sheet.getHeight()).isEqualTo(2 * CELL_HEIGHT);
        assertThat(sheet.getRGB(4, 4)).isEqualTo(GREEN);
        assertThat(sheet.getRGB(6, 6)).isEqualTo(GREEN);
        assertThat(sheet.getRGB(7, 7)).isEqualTo(0xFF0A0A0A);
        assertThat(sheet.getRGB(7 + 223, 7 + 223)).isEqualTo(0xFF0A0A0A);
        assertThat(sheet.getRGB(7 + 224, 7 + 224)).isEqualTo(GREEN);
        assertThat(sheet.getRGB(7 + 227, 7 + 227)).isEqualTo(WHITE);
        assertThat(sheet.getRGB(CELL_WIDTH + 5, 5)).isEqualTo(RED);
        assertThat(sheet.getRGB(CELL_WIDTH + 100, 100)).isEqualTo(0xFF141414);
        assertThat(sheet.getRGB(5, CELL_HEIGHT + 5)).isEqualTo(WHITE);
        assertThat(sheet.getRGB(100, CELL_HEIGHT + 100)).isEqualTo(0xFF1E1E1E);
        assertThat(sheet.getRGB(CELL_WIDTH + 100, CELL_HEIGHT + 100)).isEqualTo(WHITE);
    }

    @Test
    void captionIsDrawnUnderItsTileAndNeverIntoTheNext() throws IOException {
        BufferedImage sheet =
                written(List.of(tile(0, "W".repeat(5000), Tile.Frame.NONE), tile(0, "", Tile.Frame.NONE)), 2);

        assertThat(darkCaptionPixels(sheet, 0)).isGreaterThan(200);
        assertThat(darkCaptionPixels(sheet, 1)).isZero();
    }

    @Test
    void largeSheetTakesSmallTiles() throws IOException {
        BufferedImage sheet = written(Collections.nCopies(1000, tile(50, "many", Tile.Frame.RED)), 40);

        assertThat(sheet.getWidth()).isEqualTo(40 * (CELL_WIDTH - 112));
        assertThat(sheet.getHeight()).isEqualTo(25 * (CELL_HEIGHT - 112));
    }

    @Test
    void fewerTilesThanColumnsMakeANarrowSheet() throws IOException {
        assertThat(written(List.of(tile(1, "only", Tile.Frame.NONE)), 8).getWidth())
                .isEqualTo(CELL_WIDTH);
    }

    @Test
    void olderSheetIsReplacedAndNothingElseIsLeftInTheFolder() throws IOException {
        written(List.of(tile(1, "old", Tile.Frame.NONE)), 1);
        BufferedImage sheet = written(List.of(tile(2, "new", Tile.Frame.NONE)), 1);

        assertThat(sheet.getRGB(100, 100)).isEqualTo(0xFF020202);
        try (var files = Files.list(folder.resolve("new-folder"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("sheet.png");
        }
    }

    @Test
    void failedReplacementLeavesNoDraft() throws IOException {
        Path taken = Files.createDirectories(folder.resolve("sheet.png"));
        Files.writeString(taken.resolve("file"), "keeps the folder from being replaced");

        assertThatThrownBy(() -> ContactSheet.write(taken, List.of(tile(1, "x", Tile.Frame.NONE)), 1))
                .isInstanceOf(IOException.class);

        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(taken);
        }
    }

    @Test
    void emptyOversizedOrColumnlessSheetIsRefused() {
        Path png = folder.resolve("sheet.png");
        Tile tile = tile(1, "x", Tile.Frame.NONE);

        assertThatThrownBy(() -> ContactSheet.write(png, List.of(), 1)).hasMessageContaining("0 tiles");
        assertThatThrownBy(() -> ContactSheet.write(png, Collections.nCopies(1001, tile), 10))
                .hasMessageContaining("1 to 1000 tiles");
        assertThatThrownBy(() -> ContactSheet.write(png, List.of(tile), 0)).hasMessageContaining("0 columns");
        assertThat(png).doesNotExist();
    }

    private BufferedImage written(List<Tile> tiles, int columns) throws IOException {
        Path png = folder.resolve("new-folder/sheet.png");
        ContactSheet.write(png, tiles, columns);
        return ImageIO.read(png.toFile());
    }

    private static int darkCaptionPixels(BufferedImage sheet, int column) {
        int dark = 0;
        for (int y = CELL_HEIGHT - 20; y < CELL_HEIGHT; y++) {
            for (int x = column * CELL_WIDTH; x < (column + 1) * CELL_WIDTH; x++) {
                dark += (sheet.getRGB(x, y) & 0xFF) < 128 ? 1 : 0;
            }
        }
        return dark;
    }

    private static Tile tile(int value, String caption, Tile.Frame frame) {
        return new Tile(new GreySlice(1, 1, new byte[] {(byte) value}), caption, frame);
    }
}
