package org.ctstream.trainer.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.Locale;
import org.ctstream.trainer.evaluate.Confusion;
import org.ctstream.trainer.evaluate.Evaluation;

/** The confusion matrix: what the images are, downwards, and what they are predicted to be, across. */
final class ConfusionPicture {
    private static final int CELL = 220;
    private static final int LEFT = 150;
    private static final int TOP = 130;
    private static final int MARGIN = 30;
    private static final int GAP = 4;

    private final Graphics2D graphics;

    private ConfusionPicture(Graphics2D graphics) {
        this.graphics = graphics;
    }

    static BufferedImage draw(Evaluation evaluation) {
        var picture = new BufferedImage(LEFT + 2 * CELL + MARGIN, TOP + 2 * CELL + MARGIN, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
            new ConfusionPicture(graphics).draw(evaluation, picture.getWidth());
        } finally {
            graphics.dispose();
        }
        return picture;
    }

    private void draw(Evaluation evaluation, int width) {
        Confusion confusion = evaluation.confusion();
        graphics.setColor(ChartStyle.INK);
        text(
                "Accuracy " + Text.number(evaluation.accuracy().value()) + " at threshold "
                        + Text.number(evaluation.threshold()),
                width / 2,
                38,
                ChartStyle.font(Font.BOLD, 18));
        Font axis = ChartStyle.font(Font.PLAIN, 16);
        text("predicted", LEFT + CELL, TOP - 55, axis);
        text("negative", LEFT + CELL / 2, TOP - 20, axis);
        text("positive", LEFT + CELL + CELL / 2, TOP - 20, axis);
        upright("actual", 45, TOP + CELL, axis);
        upright("negative", LEFT - 35, TOP + CELL / 2, axis);
        upright("positive", LEFT - 35, TOP + CELL + CELL / 2, axis);
        cell(0, 0, confusion.trueNegatives(), evaluation.negatives(), "true negative");
        cell(0, 1, confusion.falsePositives(), evaluation.negatives(), "false positive");
        cell(1, 0, confusion.falseNegatives(), evaluation.positives(), "false negative");
        cell(1, 1, confusion.truePositives(), evaluation.positives(), "true positive");
    }

    private void cell(int row, int column, int count, int of, String meaning) {
        double share = of == 0 ? 0 : (double) count / of;
        int x = LEFT + column * CELL;
        int y = TOP + row * CELL;
        graphics.setColor(shade(row == column ? LineLook.BLUE : LineLook.ORANGE, share));
        graphics.fillRect(x + GAP / 2, y + GAP / 2, CELL - GAP, CELL - GAP);
        graphics.setColor(share > 0.55 ? Color.WHITE : ChartStyle.INK);
        text(String.valueOf(count), x + CELL / 2, y + CELL / 2, ChartStyle.font(Font.BOLD, 44));
        String part = of == 0 ? "no such images" : String.format(Locale.ROOT, "%.1f %% of %d", 100 * share, of);
        text(part, x + CELL / 2, y + CELL / 2 + 34, ChartStyle.font(Font.PLAIN, 17));
        text(meaning, x + CELL / 2, y + CELL / 2 + 60, ChartStyle.font(Font.PLAIN, 15));
    }

    /** From almost white to the colour, as the share of the row grows. */
    private static Color shade(Color colour, double share) {
        double strength = 0.06 + 0.94 * share;
        return new Color(
                mix(colour.getRed(), strength), mix(colour.getGreen(), strength), mix(colour.getBlue(), strength));
    }

    private static int mix(int channel, double strength) {
        return (int) Math.round(255 + (channel - 255) * strength);
    }

    private void text(String text, int centre, int baseline, Font font) {
        graphics.setFont(font);
        graphics.drawString(text, centre - graphics.getFontMetrics().stringWidth(text) / 2, baseline);
    }

    private void upright(String text, int x, int centre, Font font) {
        AffineTransform before = graphics.getTransform();
        graphics.rotate(-Math.PI / 2, x, centre);
        text(text, x, centre, font);
        graphics.setTransform(before);
    }
}
