package org.speechemotion.report;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.speechemotion.report.figure.Paint;
import org.speechemotion.train.EpochReport;

/** Animates the confusion matrix over the epochs as a looping GIF with two frames per second. */
public final class ConfusionAnimation {
    private static final String FORMAT = "javax_imageio_gif_image_1.0";
    /** The delay between frames in the unit of GIF, 1/100 s. */
    private static final String DELAY = "50";
    /** The palette of 128 blues for the cells and 128 greys for the letters; a general palette would cause dithering. */
    private static final IndexColorModel PALETTE = palette();

    private ConfusionAnimation() {}

    /**
     * Creates or replaces the file. A run without epochs has none.
     *
     * @throws IllegalStateException if the Java runtime has no fonts to write with
     */
    public static void write(List<EpochReport> history, Path file) throws IOException {
        if (history.isEmpty()) {
            return;
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (OutputStream bytes = Files.newOutputStream(file);
                ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (int i = 0; i < history.size(); i++) {
                BufferedImage frame = indexed(EpochConfusion.of(history.get(i)).toImage());
                writer.writeToSequence(new IIOImage(frame, null, metadata(writer, frame, i == 0)), null);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
    }

    private static BufferedImage indexed(BufferedImage image) {
        BufferedImage indexed =
                new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, PALETTE);
        byte[] pixels = new byte[image.getWidth() * image.getHeight()];
        int[] rgb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        int last = 0;
        int lastRgb = -1;
        for (int i = 0; i < rgb.length; i++) {
            if (i == 0 || rgb[i] != lastRgb) {
                lastRgb = rgb[i];
                last = nearest(lastRgb);
            }
            pixels[i] = (byte) last;
        }
        indexed.getRaster().setDataElements(0, 0, image.getWidth(), image.getHeight(), pixels);
        return indexed;
    }

    private static IndexColorModel palette() {
        int[] colours = new int[256];
        for (int i = 0; i < 128; i++) {
            colours[i] = Paint.heat(i / 127.0).rgb();
            int grey = 255 * i / 127;
            colours[128 + i] = grey << 16 | grey << 8 | grey;
        }
        return new IndexColorModel(8, 256, colours, 0, false, -1, DataBuffer.TYPE_BYTE);
    }

    private static int nearest(int rgb) {
        int nearest = 0;
        int min = Integer.MAX_VALUE;
        for (int i = 0; i < 256; i++) {
            int red = PALETTE.getRed(i) - (rgb >> 16 & 0xff);
            int green = PALETTE.getGreen(i) - (rgb >> 8 & 0xff);
            int blue = PALETTE.getBlue(i) - (rgb & 0xff);
            int distance = red * red + green * green + blue * blue;
            if (distance < min) {
                min = distance;
                nearest = i;
            }
        }
        return nearest;
    }

    private static IIOMetadata metadata(ImageWriter writer, BufferedImage frame, boolean first)
            throws IIOInvalidTreeException {
        // createFromRenderedImage would assume the default palette for every indexed image.
        IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(frame), null);
        IIOMetadataNode root = new IIOMetadataNode(FORMAT);
        IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
        control.setAttribute("disposalMethod", "none");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", "FALSE");
        control.setAttribute("transparentColorIndex", "0");
        control.setAttribute("delayTime", DELAY);
        root.appendChild(control);
        if (first) {
            IIOMetadataNode extension = new IIOMetadataNode("ApplicationExtension");
            extension.setAttribute("applicationID", "NETSCAPE");
            extension.setAttribute("authenticationCode", "2.0");
            extension.setUserObject(new byte[] {1, 0, 0}); // repeat without end
            IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
            extensions.appendChild(extension);
            root.appendChild(extensions);
        }
        metadata.mergeTree(FORMAT, root);
        return metadata;
    }
}
