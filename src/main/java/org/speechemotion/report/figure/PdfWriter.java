package org.speechemotion.report.figure;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.DeflaterOutputStream;
import org.speechemotion.report.figure.Mark.Point;

/**
 * Writes a figure as a PDF 1.4 document of one page (ISO 32000-1), in Helvetica, which every reader has. Characters
 * outside Windows' code page 1252, the only ones that this font is sure to have, are written as question marks.
 */
final class PdfWriter {
    private static final Charset WIN_ANSI = Charset.forName("windows-1252");
    /** Distance of a Bézier curve's control points that draws a quarter of a circle of radius 1. */
    private static final double QUARTER = 0.5523;

    private final double height;
    private final StringBuilder content = new StringBuilder("1 J 1 j\n");
    private final List<BufferedImage> images = new ArrayList<>();

    private PdfWriter(double height) {
        this.height = height;
    }

    static byte[] write(Figure figure) throws IOException {
        PdfWriter writer = new PdfWriter(figure.height());
        figure.marks().forEach(writer::draw);
        return writer.document(figure);
    }

    private void draw(Mark mark) {
        if (mark instanceof Mark.Polyline line) {
            double[] dash = line.stroke().dash().pattern();
            add(
                    "%s RG %.2f w [%s] 0 d",
                    color(line.stroke().paint()), line.stroke().width(), dash(dash));
            path(line.points());
            add("S");
        } else if (mark instanceof Mark.Polygon polygon) {
            add("%s rg", color(polygon.fill()));
            path(polygon.points());
            add("f");
        } else if (mark instanceof Mark.Rectangle rectangle) {
            Box box = rectangle.box();
            add("%s rg", color(rectangle.fill()));
            add("%.2f %.2f %.2f %.2f re f", box.x(), height - box.bottom(), box.width(), box.height());
        } else if (mark instanceof Mark.Circle circle) {
            draw(circle);
        } else if (mark instanceof Mark.Text text) {
            draw(text);
        } else if (mark instanceof Mark.Raster raster) {
            Box box = raster.box();
            add("q %.2f 0 0 %.2f %.2f %.2f cm", box.width(), box.height(), box.x(), height - box.bottom());
            add("/I%d Do Q", images.size());
            images.add(raster.image());
        }
    }

    private void draw(Mark.Circle circle) {
        double x = circle.centre().x();
        double y = height - circle.centre().y();
        double r = circle.radius();
        double c = r * QUARTER;
        add("%s rg %.2f %.2f m", color(circle.fill()), x + r, y);
        add("%.2f %.2f %.2f %.2f %.2f %.2f c", x + r, y + c, x + c, y + r, x, y + r);
        add("%.2f %.2f %.2f %.2f %.2f %.2f c", x - c, y + r, x - r, y + c, x - r, y);
        add("%.2f %.2f %.2f %.2f %.2f %.2f c", x - r, y - c, x - c, y - r, x, y - r);
        add("%.2f %.2f %.2f %.2f %.2f %.2f c f", x + c, y - r, x + r, y - c, x + r, y);
    }

    private void draw(Mark.Text text) {
        TextStyle style = text.style();
        double angle = Math.toRadians(style.degrees());
        double before =
                TextMetrics.width(text.text(), style.size()) * style.anchor().share();
        double x = text.position().x() - Math.cos(angle) * before;
        double y = height - text.position().y() + Math.sin(angle) * before;
        add("BT %s rg /F%d %.2f Tf", color(style.paint()), style.bold() ? 2 : 1, style.size());
        add(
                "%.4f %.4f %.4f %.4f %.2f %.2f Tm",
                Math.cos(angle), -Math.sin(angle), Math.sin(angle), Math.cos(angle), x, y);
        // The content is bytes that are read as Latin-1 here and written as such below.
        String bytes =
                new String(text.text().replace('\u2212', '\u2013').getBytes(WIN_ANSI), StandardCharsets.ISO_8859_1);
        content.append('(').append(bytes.replaceAll("([\\\\()])", "\\\\$1").replaceAll("[\\r\\n]", " "));
        content.append(") Tj ET\n");
    }

    private void path(List<Point> points) {
        for (int i = 0; i < points.size(); i++) {
            add("%.2f %.2f %s", points.get(i).x(), height - points.get(i).y(), i == 0 ? "m" : "l");
        }
    }

    private void add(String format, Object... values) {
        content.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String color(Paint paint) {
        return String.format(
                Locale.ROOT,
                "%.3f %.3f %.3f",
                (paint.rgb() >> 16 & 0xff) / 255.0,
                (paint.rgb() >> 8 & 0xff) / 255.0,
                (paint.rgb() & 0xff) / 255.0);
    }

    private static String dash(double[] pattern) {
        return pattern[0] > 0 ? String.format(Locale.ROOT, "%.1f %.1f", pattern[0], pattern[1]) : "";
    }

    private byte[] document(Figure figure) throws IOException {
        StringBuilder pictures = new StringBuilder();
        List<byte[]> objects = new ArrayList<>();
        objects.add(latin("<< /Type /Catalog /Pages 2 0 R >>"));
        objects.add(latin("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"));
        for (int i = 0; i < images.size(); i++) {
            pictures.append(String.format(Locale.ROOT, "/I%d %d 0 R ", i, 7 + i));
        }
        objects.add(latin(String.format(
                Locale.ROOT,
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.2f %.2f] /Contents 4 0 R"
                        + " /Resources << /Font << /F1 5 0 R /F2 6 0 R >> /XObject << %s>> >> >>",
                figure.width(),
                figure.height(),
                pictures)));
        objects.add(stream("", latin(content.toString())));
        for (String font : List.of("Helvetica", "Helvetica-Bold")) {
            objects.add(latin("<< /Type /Font /Subtype /Type1 /Encoding /WinAnsiEncoding /BaseFont /" + font + " >>"));
        }
        for (BufferedImage image : images) {
            objects.add(stream(
                    "/Type /XObject /Subtype /Image /ColorSpace /DeviceRGB /BitsPerComponent 8 /Width "
                            + image.getWidth() + " /Height " + image.getHeight(),
                    pixels(image)));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringBuilder offsets = new StringBuilder("0000000000 65535 f \n");
        out.writeBytes(latin("%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n"));
        for (int i = 0; i < objects.size(); i++) {
            offsets.append(String.format(Locale.ROOT, "%010d 00000 n \n", out.size()));
            out.writeBytes(latin((i + 1) + " 0 obj\n"));
            out.writeBytes(objects.get(i));
            out.writeBytes(latin("\nendobj\n"));
        }
        int size = objects.size() + 1;
        String trailer = "trailer\n<< /Size " + size + " /Root 1 0 R >>\nstartxref\n" + out.size() + "\n%%EOF\n";
        out.writeBytes(latin("xref\n0 " + size + "\n" + offsets + trailer));
        return out.toByteArray();
    }

    private static byte[] stream(String entries, byte[] data) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            deflater.write(data);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(latin("<< " + entries + " /Filter /FlateDecode /Length " + packed.size() + " >>\nstream\n"));
        packed.writeTo(out);
        out.writeBytes(latin("\nendstream"));
        return out.toByteArray();
    }

    private static byte[] pixels(BufferedImage image) {
        byte[] bytes = new byte[3 * image.getWidth() * image.getHeight()];
        int next = 0;
        for (int rgb : image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth())) {
            bytes[next++] = (byte) (rgb >> 16);
            bytes[next++] = (byte) (rgb >> 8);
            bytes[next++] = (byte) rgb;
        }
        return bytes;
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
