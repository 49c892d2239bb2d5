package org.ctstream.trainer.plot;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.ctstream.model.files.WholeFile;

/** Writes a picture so that its file is either the old one or the new one, never half of either. */
final class PictureFile {
    private PictureFile() {}

    /** Writes a PNG; the file's folder is created if absent. */
    static void write(BufferedImage picture, Path file) {
        var png = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", png);
            WholeFile.write(file, png.toByteArray());
        } catch (IOException e) {
            throw new PlotException("cannot write the plot " + file + ": " + e, e);
        }
    }
}
