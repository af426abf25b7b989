package org.speechemotion.report.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.speechemotion.report.figure.Mark.Point;

/**
 * Draws figures by Java2D and encodes pictures as PNG.
 *
 * <p>Drawing needs a font, which a Java runtime takes from the system (Debian: {@code fontconfig} and
 * {@code fonts-dejavu-core}). Without one the runtime fails in many ways, some of them errors, at the first text.
 */
final class PngWriter {
    private static final int PIXELS_PER_POINT = 2;

    private final Graphics2D graphics;

    private PngWriter(Graphics2D graphics) {
        this.graphics = graphics;
    }

    /** Encodes in memory, because ImageIO would use a temporary file by default. */
    static byte[] encode(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", stream);
        }
        return bytes.toByteArray();
    }

    static BufferedImage draw(Figure figure) {
        BufferedImage image = new BufferedImage(
                (int) Math.ceil(figure.width() * PIXELS_PER_POINT),
                (int) Math.ceil(figure.height() * PIXELS_PER_POINT),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            requireFonts(graphics);
            graphics.scale(PIXELS_PER_POINT, PIXELS_PER_POINT);
            PngWriter writer = new PngWriter(graphics);
            figure.marks().forEach(writer::draw);
            return image;
        } finally {
            graphics.dispose();
        }
    }

    private static void requireFonts(Graphics2D graphics) {
        try {
            graphics.getFontMetrics(new Font(Font.SANS_SERIF, Font.PLAIN, 12)).stringWidth("true");
        } catch (RuntimeException | Error e) {
            throw new IllegalStateException(
                    "no fonts to draw with; install fontconfig and a font (Debian: fontconfig, fonts-dejavu-core)", e);
        }
    }

    private void draw(Mark mark) {
        if (mark instanceof Mark.Polyline line) {
            graphics.setColor(color(line.stroke().paint()));
            graphics.setStroke(stroke(line.stroke()));
            graphics.draw(path(line.points()));
        } else if (mark instanceof Mark.Polygon polygon) {
            graphics.setColor(color(polygon.fill()));
            Path2D path = path(polygon.points());
            path.closePath();
            graphics.fill(path);
        } else if (mark instanceof Mark.Rectangle rectangle) {
            Box box = rectangle.box();
            graphics.setColor(color(rectangle.fill()));
            graphics.fill(new Rectangle2D.Double(box.x(), box.y(), box.width(), box.height()));
        } else if (mark instanceof Mark.Circle circle) {
            Point centre = circle.centre();
            double radius = circle.radius();
            graphics.setColor(color(circle.fill()));
            graphics.fill(new Ellipse2D.Double(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius));
        } else if (mark instanceof Mark.Text text) {
            draw(text);
        } else if (mark instanceof Mark.Raster raster) {
            Box box = raster.box();
            AffineTransform stretch = AffineTransform.getTranslateInstance(box.x(), box.y());
            stretch.scale(
                    box.width() / raster.image().getWidth(),
                    box.height() / raster.image().getHeight());
            graphics.drawImage(raster.image(), stretch, null);
        }
    }

    private void draw(Mark.Text text) {
        TextStyle style = text.style();
        graphics.setColor(color(style.paint()));
        graphics.setFont(
                new Font(Font.SANS_SERIF, style.bold() ? Font.BOLD : Font.PLAIN, 1).deriveFont((float) style.size()));
        AffineTransform before = graphics.getTransform();
        graphics.translate(text.position().x(), text.position().y());
        graphics.rotate(Math.toRadians(style.degrees()));
        double width =
                graphics.getFontMetrics().getStringBounds(text.text(), graphics).getWidth();
        graphics.drawString(text.text(), (float) (-width * style.anchor().share()), 0);
        graphics.setTransform(before);
    }

    private static Path2D path(List<Point> points) {
        Path2D path = new Path2D.Double();
        path.moveTo(points.get(0).x(), points.get(0).y());
        points.forEach(point -> path.lineTo(point.x(), point.y()));
        return path;
    }

    private static BasicStroke stroke(Stroke stroke) {
        float width = (float) stroke.width();
        double[] dash = stroke.dash().pattern();
        return dash[0] > 0
                ? new BasicStroke(
                        width,
                        BasicStroke.CAP_BUTT,
                        BasicStroke.JOIN_ROUND,
                        1,
                        new float[] {(float) dash[0], (float) dash[1]},
                        0)
                : new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    private static Color color(Paint paint) {
        return new Color(paint.rgb());
    }
}
