package org.speechemotion.report;

import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
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
import java.util.zip.CRC32C;

/**
 * Writes a TensorBoard event file: TFRecord frames, each with masked CRC-32C checksums, around protobuf {@code Event}s
 * (TensorFlow's {@code core/lib/io/record_writer.h} and {@code core/util/event.proto}).
 *
 * <p>A step is the x axis of every chart, usually the epoch. One thread writes at a time.
 */
public final class TensorBoardWriter implements Closeable, Flushable {

    private static final int HISTOGRAM_BUCKETS = 30;

    private final OutputStream out;
    private final Clock clock;

    /** Starts a file in this folder, stamped with the system's time. */
    public TensorBoardWriter(Path folder) throws IOException {
        this(folder, Clock.systemUTC());
    }

    /**
     * Starts a file named {@code events.out.tfevents.<seconds>.<host>} in this folder, which is made if missing. A file
     * that is there already is never touched: the new one gets a number at its end, and TensorBoard reads both.
     *
     * @param clock gives the wall-clock time of every event
     */
    public TensorBoardWriter(Path folder, Clock clock) throws IOException {
        this.clock = clock;
        out = new BufferedOutputStream(
                create(folder, "events.out.tfevents." + clock.instant().getEpochSecond() + "." + host()));
        write(event(0).text(3, "brain.Event:2"));
        flush();
    }

    /**
     * Says that the writer began anew at this step: of what earlier files hold, TensorBoard then leaves out the steps from
     * this one on.
     */
    public void startSession(long step) throws IOException {
        write(event(step).message(7, new ProtocolMessage().integer(1, 1)));
        flush();
    }

    /** Adds a point to the chart of this name; {@code train/loss} puts {@code loss} under {@code train}. */
    public void scalar(String tag, double value, long step) throws IOException {
        summary(step, new ProtocolMessage().text(1, tag).real(2, (float) value));
    }

    /** Adds a picture. */
    public void image(String tag, BufferedImage image, long step) throws IOException {
        ProtocolMessage picture = new ProtocolMessage()
                .integer(1, image.getHeight())
                .integer(2, image.getWidth())
                .integer(3, image.getColorModel().getNumComponents())
                .content(4, Png.encode(image));
        summary(step, new ProtocolMessage().text(1, tag).message(4, picture));
    }

    /**
     * Adds a histogram of 30 buckets of equal width from the least to the greatest value. Values that are not finite
     * are left out; if none is left, nothing is written.
     */
    public void histogram(String tag, float[] values, long step) throws IOException {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        double sum = 0;
        double squares = 0;
        long count = 0;
        for (float value : values) {
            if (Float.isFinite(value)) {
                least = Math.min(least, value);
                greatest = Math.max(greatest, value);
                sum += value;
                squares += (double) value * value;
                count++;
            }
        }
        if (count == 0) {
            return;
        }
        double bucketWidth = (greatest - least) / HISTOGRAM_BUCKETS;
        double[] limits = new double[HISTOGRAM_BUCKETS];
        for (int i = 0; i < HISTOGRAM_BUCKETS; i++) {
            limits[i] = least + bucketWidth * (i + 1);
        }
        double[] counts = new double[HISTOGRAM_BUCKETS];
        for (float value : values) {
            if (Float.isFinite(value)) {
                int bucket = bucketWidth == 0 ? 0 : (int) ((value - least) / bucketWidth);
                counts[Math.min(HISTOGRAM_BUCKETS - 1, bucket)]++;
            }
        }
        ProtocolMessage histogram = new ProtocolMessage()
                .real(1, least)
                .real(2, greatest)
                .real(3, (double) count)
                .real(4, sum)
                .real(5, squares)
                .reals(6, limits)
                .reals(7, counts);
        summary(step, new ProtocolMessage().text(1, tag).message(5, histogram));
    }

    /** Hands what was written to the operating system, so that a running TensorBoard sees it; do so every epoch. */
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

    /** A CRC-32C rotated and shifted, as TFRecord asks, so that checksums of data that holds checksums stay sound. */
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
