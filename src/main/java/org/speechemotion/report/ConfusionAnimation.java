package org.speechemotion.report;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
            Map<Integer, Byte> known = new HashMap<>();
            for (int i = 0; i < history.size(); i++) {
                BufferedImage frame = indexed(EpochConfusion.of(history.get(i)).toImage(), known);
                writer.writeToSequence(new IIOImage(frame, null, metadata(writer, frame, i == 0)), null);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
    }

    /**
     * Maps an image to the palette.
     *
     * @param known the indices of the colours seen so far, of which an animation has few, because a search takes long
     */
    private static BufferedImage indexed(BufferedImage image, Map<Integer, Byte> known) {
        int width = image.getWidth();
        int height = image.getHeight();
        BufferedImage indexed = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, PALETTE);
        byte[] pixels = new byte[width * height];
        int[] rgb = image.getRGB(0, 0, width, height, null, 0, width);
        for (int i = 0; i < rgb.length; i++) {
            // Most pixels have the colour of the one before them.
            pixels[i] = i > 0 && rgb[i] == rgb[i - 1]
                    ? pixels[i - 1]
                    : known.computeIfAbsent(rgb[i], ConfusionAnimation::nearest);
        }
        indexed.getRaster().setDataElements(0, 0, width, height, pixels);
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

    private static byte nearest(int rgb) {
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
        return (byte) nearest;
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
