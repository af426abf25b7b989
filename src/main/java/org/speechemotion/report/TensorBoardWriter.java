package org.speechemotion.report;

import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.zip.CRC32C;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Writes a TensorBoard event file: TFRecord frames, each with masked CRC-32C checksums, around protobuf {@code Event}s
 * (TensorFlow's {@code core/lib/io/record_writer.h} and {@code core/util/event.proto}).
 *
 * <p>A step is a position on the x axis of every chart, usually the epoch. It is not thread-safe.
 */
public final class TensorBoardWriter implements Closeable, Flushable {

    private static final int HISTOGRAM_BUCKETS = 30;
    /** The codes of TensorFlow's {@code DataType}. */
    private static final int DT_FLOAT = 1;

    private static final int DT_STRING = 7;

    private final OutputStream out;
    private final Clock clock;

    /** Creates an event file in a folder with the time of the system clock. */
    public TensorBoardWriter(Path folder) throws IOException {
        this(folder, Clock.systemUTC());
    }

    /**
     * Creates an event file named {@code events.out.tfevents.<seconds>.<host>} in a folder, which is created if it is
     * missing. An existing file is not modified: the new one gets a numeric suffix, and TensorBoard reads both.
     *
     * @param clock the clock for the time of every event
     */
    public TensorBoardWriter(Path folder, Clock clock) throws IOException {
        this.clock = clock;
        out = new BufferedOutputStream(
                create(folder, "events.out.tfevents." + clock.instant().getEpochSecond() + "." + host()));
        write(event(0).text(3, "brain.Event:2"));
        flush();
    }

    /** Marks a restart of the run at a step, so that TensorBoard ignores this and later steps in earlier files. */
    public void startSession(long step) throws IOException {
        write(event(step).message(7, new ProtocolMessage().integer(1, 1)));
        flush();
    }

    /** Adds a point to the chart of a tag; {@code train/loss} is the chart {@code loss} in the group {@code train}. */
    public void scalar(String tag, double value, long step) throws IOException {
        summary(step, new ProtocolMessage().text(1, tag).real(2, (float) value));
    }

    /** Adds an image. */
    public void image(String tag, BufferedImage image, long step) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try (ImageOutputStream stream = new MemoryCacheImageOutputStream(png)) {
            ImageIO.write(image, "png", stream);
        }
        ProtocolMessage picture = new ProtocolMessage()
                .integer(1, image.getHeight())
                .integer(2, image.getWidth())
                .integer(3, image.getColorModel().getNumComponents())
                .content(4, png.toByteArray());
        summary(step, new ProtocolMessage().text(1, tag).message(4, picture));
    }

    /** Adds a Markdown text for the tab of texts. */
    public void text(String tag, String markdown, long step) throws IOException {
        ProtocolMessage tensor = new ProtocolMessage()
                .integer(1, DT_STRING)
                .message(2, new ProtocolMessage())
                .text(8, markdown);
        summary(step, plugin(tag, "text", new ProtocolMessage()).message(8, tensor));
    }

    /**
     * Adds the settings of the run for the tab of hyper-parameters.
     *
     * @param settings the settings by key; numbers and booleans are written as such
     */
    public void hyperparameters(Map<String, String> settings) throws IOException {
        ProtocolMessage start = new ProtocolMessage();
        settings.forEach((key, value) ->
                start.message(1, new ProtocolMessage().text(1, key).message(2, value(value))));
        start.real(5, (double) clock.instant().getEpochSecond());
        ProtocolMessage tensor = new ProtocolMessage().integer(1, DT_FLOAT).message(2, new ProtocolMessage());
        summary(
                0,
                plugin("_hparams_/session_start_info", "hparams", new ProtocolMessage().message(3, start))
                        .message(8, tensor));
        flush();
    }

    /** Returns a {@code google.protobuf.Value}. */
    private static ProtocolMessage value(String text) {
        if (text.equals("true") || text.equals("false")) {
            return new ProtocolMessage().integer(4, text.equals("true") ? 1 : 0);
        }
        try {
            return new ProtocolMessage().real(2, Double.parseDouble(text));
        } catch (NumberFormatException noNumber) {
            return new ProtocolMessage().text(3, text);
        }
    }

    /** Returns a {@code Summary.Value} whose metadata names the plugin that displays it. */
    private static ProtocolMessage plugin(String tag, String name, ProtocolMessage data) {
        ProtocolMessage plugin = new ProtocolMessage().text(1, name).message(2, data);
        return new ProtocolMessage().text(1, tag).message(9, new ProtocolMessage().message(1, plugin));
    }

    /**
     * Adds a histogram with 30 buckets of equal width from the smallest to the largest value. Values that are not finite
     * are ignored; without finite values nothing is written.
     */
    public void histogram(String tag, float[] values, long step) throws IOException {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double sum = 0;
        double squares = 0;
        long count = 0;
        for (float value : values) {
            if (Float.isFinite(value)) {
                min = Math.min(min, value);
                max = Math.max(max, value);
                sum += value;
                squares += (double) value * value;
                count++;
            }
        }
        if (count == 0) {
            return;
        }
        double bucketWidth = (max - min) / HISTOGRAM_BUCKETS;
        double[] limits = new double[HISTOGRAM_BUCKETS];
        for (int i = 0; i < HISTOGRAM_BUCKETS; i++) {
            limits[i] = min + bucketWidth * (i + 1);
        }
        double[] counts = new double[HISTOGRAM_BUCKETS];
        for (float value : values) {
            if (Float.isFinite(value)) {
                int bucket = bucketWidth == 0 ? 0 : (int) ((value - min) / bucketWidth);
                counts[Math.min(HISTOGRAM_BUCKETS - 1, bucket)]++;
            }
        }
        ProtocolMessage histogram = new ProtocolMessage()
                .real(1, min)
                .real(2, max)
                .real(3, (double) count)
                .real(4, sum)
                .real(5, squares)
                .reals(6, limits)
                .reals(7, counts);
        summary(step, new ProtocolMessage().text(1, tag).message(5, histogram));
    }

    /** Passes all events to the operating system, so that a running TensorBoard sees them. */
    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void summary(long step, ProtocolMessage value) throws IOException {
        write(event(step).message(5, new ProtocolMessage().message(1, value)));
    }

    private ProtocolMessage event(long step) {
        Instant now = clock.instant();
        return new ProtocolMessage()
                .real(1, now.getEpochSecond() + now.getNano() / 1e9)
                .integer(2, step);
    }

    private void write(ProtocolMessage event) throws IOException {
        byte[] data = event.toByteArray();
        byte[] length = littleEndian(Long.BYTES).putLong(data.length).array();
        out.write(length);
        out.write(checksum(length));
        out.write(data);
        out.write(checksum(data));
    }

    /** Returns a masked CRC-32C, as TFRecord requires for data that may itself contain checksums. */
    private static byte[] checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        int masked = Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
        return littleEndian(Integer.BYTES).putInt(masked).array();
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static OutputStream create(Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        String candidate = name;
        for (int number = 1; ; number++) {
            try {
                return Files.newOutputStream(folder.resolve(candidate), StandardOpenOption.CREATE_NEW);
            } catch (FileAlreadyExistsException taken) {
                candidate = name + "." + number;
            }
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
