package org.ctstream.trainer.plot;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.imageio.ImageIO;

/** Writes a picture so that its file is either the old one or the new one, never half of either. */
final class PictureFile {
    private PictureFile() {}

    /** Writes a PNG; the file's folder is created if absent. */
    static void write(BufferedImage picture, Path file) {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (var out = Files.newOutputStream(temporary)) {
                ImageIO.write(picture, "png", out);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new PlotException("cannot write the plot " + file + ": " + e, e);
        }
    }
}
