package org.speechemotion.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.TargetDataLine;
import org.speechemotion.audio.PcmFormat;

/** An audio input of this machine. */
public final class MicrophoneInput implements AutoCloseable {
    private static final List<Integer> RATES = List.of(16_000, 48_000, 44_100);
    private static final double BUFFER_SECONDS = 2;

    private final TargetDataLine line;
    private final PcmFormat format;

    private MicrophoneInput(TargetDataLine line, PcmFormat format) {
        this.line = line;
        this.format = format;
    }

    /** Returns the names of the devices that record. */
    public static List<String> devices() {
        return mixers().stream().map(Mixer.Info::getName).toList();
    }

    private static List<Mixer.Info> mixers() {
        return Arrays.stream(AudioSystem.getMixerInfo())
                .filter(info -> Arrays.stream(AudioSystem.getMixer(info).getTargetLineInfo())
                        .anyMatch(line -> TargetDataLine.class.isAssignableFrom(line.getLineClass())))
                .toList();
    }

    /**
     * Opens a device and starts to record, in 16 bits at 16, 48 or 44.1 kHz.
     *
     * @param device a part of its name, in upper or lower case; "" for the first device that records
     * @param channels the number of channels, 1 or 2
     * @throws IOException if there is no such device, or it cannot be opened; the message lists the devices
     */
    public static MicrophoneInput open(String device, int channels) throws IOException {
        List<String> reasons = new ArrayList<>();
        for (Mixer.Info info : mixers()) {
            if (!info.getName().toLowerCase(Locale.ROOT).contains(device.toLowerCase(Locale.ROOT))) {
                continue;
            }
            for (int rate : RATES) {
                AudioFormat wanted = new AudioFormat(rate, 16, channels, true, false);
                try {
                    DataLine.Info lineInfo = new DataLine.Info(TargetDataLine.class, wanted);
                    TargetDataLine line =
                            (TargetDataLine) AudioSystem.getMixer(info).getLine(lineInfo);
                    int frames = (int) (BUFFER_SECONDS * rate);
                    line.open(wanted, frames * wanted.getFrameSize());
                    line.start();
                    return new MicrophoneInput(line, new PcmFormat(PcmFormat.Encoding.S16LE, rate, channels));
                } catch (LineUnavailableException | IllegalArgumentException | SecurityException e) {
                    reasons.add(info.getName() + " at " + rate + " Hz: " + e.getMessage());
                }
            }
        }
        throw new IOException(message(device, reasons));
    }

    private static String message(String device, List<String> reasons) {
        List<String> devices = devices();
        if (devices.isEmpty()) {
            return "there is no audio input on this machine; use input=FILE, or input=- for raw PCM on the standard"
                    + " input";
        }
        return reasons.isEmpty()
                ? "no audio input is named " + device + "; found: " + String.join(", ", devices)
                : "no audio input could be opened: " + String.join("; ", reasons);
    }

    /** Returns the format of the bytes. */
    public PcmFormat format() {
        return format;
    }

    /** Reads the next bytes, as many as fit; waits for them. Returns -1 after {@link #close}. */
    public int read(byte[] bytes) {
        int count = line.read(bytes, 0, bytes.length / format.frameBytes() * format.frameBytes());
        return count == 0 && !line.isOpen() ? -1 : count;
    }

    @Override
    public void close() {
        line.stop();
        line.close();
    }
}
