package org.speechemotion.report.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.InflaterInputStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.speechemotion.report.figure.Mark.Point;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** One figure with every kind of mark, in every format. */
class FigureTest {
    private static final Paint RED = new Paint("red", 0xff0000);
    private static final Paint GREEN = new Paint("green", 0x00ff00);
    private static final Paint BLUE = new Paint("blue", 0x0000ff);

    @TempDir
    private Path folder;

    @Test
    void everyMarkIsDrawnAtItsPlace() throws Exception {
        Path file = folder.resolve("figure.png");
        figure("a (b) <c>").write(file);
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(200);
        assertThat(image.getHeight()).isEqualTo(120);
        assertThat(color(image, 15, 15)).isEqualTo(Color.RED); // rectangle
        assertThat(color(image, 40, 15)).isEqualTo(Color.GREEN); // circle
        assertThat(color(image, 60, 18)).isEqualTo(Color.BLUE); // polygon
        assertThat(color(image, 50, 40)).isEqualTo(Color.RED); // polyline
        assertThat(color(image, 85, 15)).isEqualTo(new Color(0x102030)); // raster
        assertThat(color(image, 2, 2)).isEqualTo(Color.WHITE);
    }

    @Test
    void anSvgFileHasFixedColoursAndAWhiteBackground() throws Exception {
        Path file = folder.resolve("figure.svg");
        figure("a (b) <c>").write(file);
        Document svg = parse(Files.readString(file));
        Element root = svg.getDocumentElement();
        assertThat(root.getAttribute("viewBox")).isEqualTo("0 0 100 60");
        Element rectangle = (Element) svg.getElementsByTagName("rect").item(1);
        assertThat(rectangle.getAttribute("fill")).isEqualTo("#ff0000");
        assertThat(rectangle.getTextContent()).isEqualTo("tip");
        Element text = (Element) svg.getElementsByTagName("text").item(0);
        assertThat(text.getTextContent()).isEqualTo("a (b) <c>");
        assertThat(text.getAttribute("text-anchor")).isEqualTo("middle");
        assertThat(Files.readString(file)).doesNotContain("var(");
    }

    @Test
    void onAPageColoursFollowTheTheme() throws Exception {
        Document svg = parse(new Canvas()
                .rectangle(new Box(0, 0, 1, 1), Paint.series(0), "")
                .toFigure(1, 1, "")
                .toMarkup()
                .toString());
        Element rectangle = (Element) svg.getElementsByTagName("rect").item(0);
        assertThat(rectangle.getAttribute("style")).isEqualTo("fill:var(--series-1, #0072b2)");
    }

    @Test
    void pdfFilesHaveOnePageAndAValidTable() throws Exception {
        Path file = folder.resolve("figure.pdf");
        figure("a (b) \\ − 😀").write(file);
        byte[] bytes = Files.readAllBytes(file);
        String pdf = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(pdf).startsWith("%PDF-1.4\n").endsWith("%%EOF\n").contains("/MediaBox [0 0 100.00 60.00]");
        Matcher start = Pattern.compile("startxref\n(\\d+)\n").matcher(pdf);
        assertThat(start.find()).isTrue();
        List<String> table =
                pdf.substring(Integer.parseInt(start.group(1))).lines().toList();
        int objects = Integer.parseInt(table.get(1).split(" ", -1)[1]);
        assertThat(objects).isEqualTo(8); // with the free one and one picture
        for (int i = 1; i < objects; i++) {
            int offset = Integer.parseInt(table.get(2 + i).split(" ", -1)[0]);
            assertThat(pdf.substring(offset)).startsWith(i + " 0 obj\n");
        }
        assertThat(stream(pdf, "4 0 obj"))
                .contains("1.000 0.000 0.000 rg\n10.00 40.00 10.00 10.00 re f") // y grows upwards
                .contains("(a \\(b\\) \\\\ \u0096 ?) Tj")
                .contains("/I0 Do");
    }

    @Test
    void otherFormatsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> figure("").write(folder.resolve("figure.xlsx")))
                .withMessageContaining("figure.xlsx' has no known format; allowed: .png, .svg, .pdf");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aSlantedTextIsCentredOnItsPosition() {
        Figure figure = new Canvas()
                .text("x", 10, 20, TextStyle.of(10, Paint.INK).turned(90))
                .toFigure(1, 1, "");
        Point baseline = ((Mark.Text) figure.marks().get(0)).position();
        assertThat(baseline.x()).isCloseTo(6.4, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(baseline.y()).isCloseTo(20, org.assertj.core.api.Assertions.within(1e-9));
    }

    private static Figure figure(String text) {
        BufferedImage pixel = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        pixel.setRGB(0, 0, 0x102030);
        return new Canvas()
                .rectangle(new Box(10, 10, 10, 10), RED, "tip")
                .circle(new Point(40, 15), 5, GREEN, "")
                .polygon(List.of(new Point(55, 20), new Point(65, 20), new Point(60, 10)), BLUE, "")
                .polyline(List.of(new Point(10, 40), new Point(90, 40)), Stroke.solid(RED, 2))
                .text(text, 50, 52, TextStyle.of(8, Paint.INK).centred())
                .raster(pixel, new Box(80, 10, 10, 10))
                .toFigure(100, 60, "everything");
    }

    private static Color color(BufferedImage image, int x, int y) {
        return new Color(image.getRGB(2 * x, 2 * y));
    }

    private static String stream(String pdf, String object) throws Exception {
        int start = pdf.indexOf("stream\n", pdf.indexOf(object)) + 7;
        byte[] packed = pdf.substring(start, pdf.indexOf("\nendstream", start)).getBytes(StandardCharsets.ISO_8859_1);
        byte[] content = new InflaterInputStream(new ByteArrayInputStream(packed)).readAllBytes();
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    private static Document parse(String source) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(source)));
    }
}
