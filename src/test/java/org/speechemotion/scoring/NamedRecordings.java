package org.speechemotion.scoring;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.speechemotion.audio.AudioSource;
import org.speechemotion.audio.PcmWav;
import org.speechemotion.random.KeyedRandom;

/** Recordings that are described by their names, in pieces of different sizes, and other files. */
final class NamedRecordings implements AudioSource {
    static final int RATE = 8000;

    final Map<String, byte[]> contents = new HashMap<>();
    int piece = Integer.MAX_VALUE;

    @Override
    public byte[] read(String path, long maxBytes) throws IOException {
        Optional<byte[]> broken = broken(path);
        return broken.isPresent()
                ? broken.get()
                : contents.computeIfAbsent(path, absent -> PcmWav.of(RATE, talk(path, seconds(path))));
    }

    /** Returns the bytes of a file that has no sound, by the beginning of its name; empty for other names. */
    static Optional<byte[]> broken(String path) throws FileNotFoundException {
        if (path.startsWith("gone-")) {
            throw new FileNotFoundException(path);
        }
        if (path.startsWith("empty-")) {
            return Optional.of(new byte[0]);
        }
        if (path.startsWith("text-")) {
            return Optional.of(new byte[] {'h', 'e', 'l', 'l', 'o'});
        }
        return Optional.empty();
    }

    @Override
    public Opened open(String path, long maxBytes) throws IOException {
        byte[] content = read(path, maxBytes);
        byte[] given = path.startsWith("cut-") ? Arrays.copyOf(content, content.length / 2) : content;
        return new Opened(
                new ByteArrayInputStream(given) {
                    @Override
                    public int read(byte[] to, int from, int count) {
                        return super.read(to, from, Math.min(piece, count));
                    }
                },
                content.length);
    }

    static double seconds(String path) {
        KeyedRandom random = new KeyedRandom(1, path);
        return path.startsWith("short-") ? random.nextDouble(0.1, 1) : random.nextDouble(1.1, 12);
    }

    /** Tones of 0.2 s and as much of next to nothing between them. */
    static float[] talk(String name, double seconds) {
        double hertz = new KeyedRandom(2, name).nextDouble(100, 1000);
        float[] samples = new float[(int) (seconds * RATE)];
        for (int i = 0; i < samples.length; i++) {
            double amplitude = i / (RATE / 5) % 2 == 0 ? 0.5 : 0.002;
            samples[i] = (float) (amplitude * Math.sin(2 * Math.PI * hertz * i / RATE));
        }
        return samples;
    }
}
