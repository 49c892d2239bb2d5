package org.ctstream.imaging.phantom;

import org.ctstream.imaging.phantom.HuCanvas.Shape;

/**
 * The shapes of one chest at one level, and their painting from the outside in. Feet-to-head view: the patient's right
 * is on the left.
 *
 * <p>Not thread-safe.
 */
final class ChestAnatomy {

    private final Range draw;
    private final ValueNoise texture;
    private final ValueNoise outline;
    private final double centerY;
    private final double bodyX;
    private final double bodyY;
    private final double fat;
    private final double cavityX;
    private final double cavityY;

    /** 0 at the carina, where bronchi and great vessels are, 1 at the middle of the heart. */
    private final double level;

    private final Shape body;
    private final Shape cavity;
    private final Shape lungs;

    ChestAnatomy(Range draw, int side) {
        this.draw = draw;
        this.texture = new ValueNoise(draw.seed());
        this.outline = new ValueNoise(draw.seed());
        this.level = draw.between(0.0, 1.0);
        this.centerY = draw.between(-0.06, 0.0);
        this.bodyX = draw.between(0.80, 0.90);
        this.bodyY = bodyX * draw.between(0.66, 0.74);
        this.fat = draw.between(0.025, 0.075);
        this.cavityX = bodyX - fat - draw.between(0.10, 0.13);
        this.cavityY = bodyY - fat - draw.between(0.075, 0.10);
        this.body = new SampledShape(Shapes.wavy(Shapes.ellipse(0, centerY, bodyX, bodyY), outline, 0.6, 0.03), side);
        this.cavity = new SampledShape(
                Shapes.wavy(Shapes.ellipse(0, centerY - 0.01, cavityX, cavityY), outline, 0.5, 0.02), side);
        this.lungs = new SampledShape(Shapes.smoothWithout(Shapes.grown(cavity, -0.012), mediastinum(), 0.05), side);
    }

    /** Both lungs. */
    Shape lungs() {
        return lungs;
    }

    /** The inside of the rib cage; its edge is the pleura of the chest wall. */
    Shape cavity() {
        return cavity;
    }

    /** Half the height of the rib cage's inside, and its middle, to place things in it. */
    double middleY() {
        return centerY;
    }

    double cavityX() {
        return cavityX;
    }

    double cavityY() {
        return cavityY;
    }

    private double vertebraY() {
        return centerY + cavityY * 0.80;
    }

    private Shape heart() {
        return Shapes.rotatedEllipse(
                0.06 + 0.08 * level, centerY - cavityY * 0.22, 0.17 + 0.13 * level, 0.14 + 0.08 * level, 0.5);
    }

    private Shape aorta() {
        return Shapes.ellipse(0.10, vertebraY() - 0.13, 0.048, 0.048);
    }

    private Shape vertebra() {
        return Shapes.union(
                Shapes.ellipse(0, vertebraY(), 0.115, 0.090),
                Shapes.capsule(-0.16, vertebraY() + 0.13, 0.16, vertebraY() + 0.13, 0.025),
                Shapes.capsule(0, vertebraY() + 0.12, 0, vertebraY() + 0.24, 0.022));
    }

    private Shape mediastinum() {
        Shape column = Shapes.capsule(0, centerY - cavityY * 1.1, 0.0, centerY, 0.035);
        Shape hila = Shapes.capsule(-0.11, centerY + 0.02, 0.13, centerY + 0.02, 0.085);
        Shape spine = Shapes.ellipse(0, vertebraY() + 0.02, 0.17, 0.17);
        Shape bed = Shapes.capsule(0.02, centerY, 0.03, vertebraY(), 0.09);
        return Shapes.union(column, hila, spine, bed, Shapes.grown(heart(), 0.012), Shapes.grown(aorta(), 0.015));
    }

    void paintBody(HuCanvas canvas) {
        paintTable(canvas);
        canvas.paint(body, (x, y) -> 10 + 15 * texture.at(x * 60, y * 60), 1.5);
        canvas.paint(Shapes.grown(body, -0.010), (x, y) -> -105 + 14 * texture.fractal(x * 25, y * 25, 3), 1.5);
        paintMuscle(canvas);
        paintScapulae(canvas);
        canvas.paint(cavity, (x, y) -> -95 + 20 * texture.fractal(x * 20, y * 20, 3), 1.5);
        paintRibs(canvas);
        paintMediastinum(canvas);
        canvas.paint(lungs, this::parenchyma, 1.5);
        paintSpine(canvas);
    }

    /** Aerated lung; the back is denser, since blood sinks in a lying patient. */
    private double parenchyma(double x, double y) {
        return -870 + 55 * (y - centerY) / cavityY + 28 * texture.fractal(x * 18, y * 18, 4);
    }

    private void paintTable(HuCanvas canvas) {
        double top = centerY + bodyY + 0.015;
        Shape outer = Shapes.ellipse(0, top - 0.62, 1.15, 0.74);
        Shape lower = Shapes.halfPlaneBelow(top - 0.10);
        Shape plate = Shapes.intersection(outer, lower);
        Shape hollow = Shapes.ellipse(0, top - 0.62, 1.11, 0.64);
        canvas.paint(Shapes.without(plate, hollow), (x, y) -> -320, 2);
        Shape foam =
                Shapes.intersection(Shapes.ellipse(0, top - 0.62, 1.135, 0.725), Shapes.halfPlaneBelow(top - 0.085));
        canvas.paint(Shapes.without(foam, Shapes.ellipse(0, top - 0.62, 1.125, 0.655)), (x, y) -> -930, 2);
    }

    private void paintMuscle(HuCanvas canvas) {
        Shape wall =
                Shapes.wavy(Shapes.ellipse(0, centerY, bodyX - fat - 0.012, bodyY - fat - 0.012), outline, 0.25, 0.035);
        canvas.paint(
                wall,
                (x, y) -> {
                    // Sheets of fat between the muscles run along the chest wall.
                    double depth = cavity.distance(x, y);
                    double sheet = texture.fractal(x * 5 + depth * 40, y * 5 - depth * 40, 2);
                    return sheet > 0.42 ? -80 : 58 + 14 * texture.fractal(x * 30, y * 30, 2);
                },
                2);
    }

    private void paintScapulae(HuCanvas canvas) {
        for (int sign = -1; sign <= 1; sign += 2) {
            double angle = draw.between(0.75, 0.95);
            double x = sign * (cavityX * 0.80);
            double y = centerY + cavityY * 0.74 + 0.02;
            double dx = 0.12 * StrictMath.cos(angle);
            double dy = -0.12 * StrictMath.sin(angle);
            Shape blade = Shapes.capsule(x - sign * dx, y - dy, x + sign * dx, y + dy, 0.013);
            paintBone(canvas, blade, 0.005, 650, 250, x, y, 0.2);
        }
    }

    /** Ribs run downwards through the plane, so each is cut as a longish ellipse along the wall. */
    private void paintRibs(HuCanvas canvas) {
        int perSide = draw.between(6, 8);
        for (int sign = -1; sign <= 1; sign += 2) {
            for (int rib = 0; rib < perSide; rib++) {
                double angle = -1.05 + (rib + draw.between(0.1, 0.9)) * 2.25 / perSide;
                double x = sign * (cavityX + 0.028) * StrictMath.cos(angle);
                double y = centerY - 0.01 + (cavityY + 0.028) * StrictMath.sin(angle);
                double tangent =
                        StrictMath.atan2(cavityY * StrictMath.cos(angle), -sign * cavityX * StrictMath.sin(angle));
                double length = draw.between(0.045, 0.10);
                Shape cut = Shapes.rotatedEllipse(x, y, length, draw.between(0.017, 0.022), tangent);
                paintBone(canvas, cut, 0.007, 780, 230, x, y, 0.15);
            }
        }
        double front = centerY - cavityY - 0.035;
        paintBone(canvas, Shapes.ellipse(0, front, draw.between(0.07, 0.10), 0.024), 0.007, 520, 160, 0, front, 0.15);
    }

    /** A shell of dense bone round spongy bone; the reach bounds the shape round its middle. */
    private void paintBone(
            HuCanvas canvas,
            Shape bone,
            double cortex,
            double cortexHu,
            double marrowHu,
            double x,
            double y,
            double reach) {
        Shape inBody = Shapes.intersection(bone, Shapes.grown(body, -0.02));
        canvas.paint(
                inBody,
                (u, v) -> cortexHu + 90 * texture.at(u * 70, v * 70),
                1.8,
                x - reach,
                y - reach,
                x + reach,
                y + reach);
        canvas.paint(
                Shapes.grown(inBody, -cortex),
                (u, v) -> marrowHu + 90 * texture.fractal(u * 55, v * 55, 2),
                1.8,
                x - reach,
                y - reach,
                x + reach,
                y + reach);
    }

    private void paintMediastinum(HuCanvas canvas) {
        double contrast = draw.between(0, 2) == 0 ? draw.between(150, 260) : draw.between(35, 48);
        canvas.paint(
                Shapes.wavy(heart(), outline, 0.15, 0.02),
                (x, y) -> 42 + (contrast - 42) * 0.8 + 6 * texture.at(x * 9, y * 9),
                3);
        canvas.paint(aorta(), (x, y) -> contrast, 2);
        double hilumY = centerY + 0.02;
        canvas.paint(Shapes.capsule(-0.10, hilumY, 0.12, hilumY - 0.02, 0.04), (x, y) -> contrast, 2.5);
        canvas.paint(Shapes.ellipse(0.045, vertebraY() - 0.145, 0.022, 0.016), (x, y) -> 35, 2);
        if (level < 0.45) {
            for (int sign = -1; sign <= 1; sign += 2) {
                Shape bronchus = Shapes.rotatedEllipse(sign * 0.075, hilumY + 0.055, 0.042, 0.030, sign * 0.4);
                canvas.paint(Shapes.grown(bronchus, 0.010), (x, y) -> 20, 1.5);
                canvas.paint(bronchus, (x, y) -> -990, 1.5);
            }
        }
    }

    private void paintSpine(HuCanvas canvas) {
        paintBone(canvas, vertebra(), 0.010, 560, 210, 0, vertebraY() + 0.05, 0.35);
        canvas.paint(Shapes.ellipse(0, vertebraY() + 0.105, 0.036, 0.032), (x, y) -> 25, 2);
    }

    void paintLungContent(HuCanvas canvas) {
        new LungVessels(draw, lungs, centerY + 0.02, cavityX).paint(canvas);
    }
}
