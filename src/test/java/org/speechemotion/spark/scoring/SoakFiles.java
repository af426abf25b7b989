package org.speechemotion.spark.scoring;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.demo.DemoCorpus;
import org.speechemotion.demo.DemoSettings;
import org.speechemotion.demo.DemoSpeaker;
import org.speechemotion.random.KeyedRandom;

/**
 * Writes the files for {@code scripts/soak}: small files, one of a hundred of which is no audio, and recordings of hours, all
 * different, made of the demo's utterances by repetition.
 */
public final class SoakFiles {
    private static final int FILES_PER_FOLDER = 1000;
    private static final int ONE_IS_ROTTEN_OF = 100;
    private static final int RATE = DemoSettings.SAMPLE_RATE;
    private static final int HEADER = 44;

    private SoakFiles() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 4) {
            throw new IllegalArgumentException("usage: soak-files FOLDER SMALL-FILES LONG-FILES HOURS");
        }
        Path folder = Path.of(arguments[0]);
        List<float[]> utterances = utterances();
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            Path parent = Files.createDirectories(folder.resolve("small/%03d".formatted(i / FILES_PER_FOLDER)));
            Path file = parent.resolve("%06d.wav".formatted(i));
            if (i % ONE_IS_ROTTEN_OF == ONE_IS_ROTTEN_OF - 1) {
                Files.writeString(file, "no audio, but file " + i);
            } else {
                write(file, utterances, i, 1);
            }
        }
        Files.createDirectories(folder.resolve("long"));
        for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
            write(folder.resolve("long/%02d.wav".formatted(i)), utterances, -1 - i, (long)
                    (Double.parseDouble(arguments[3]) * 3600 * RATE));
        }
    }

    private static List<float[]> utterances() {
        List<float[]> utterances = new ArrayList<>();
        for (int speaker = 1; speaker <= DemoSettings.SPEAKERS; speaker++) {
            for (Emotion emotion : EmotionSet.EIGHT) {
                utterances.add(DemoCorpus.utterance(DemoSpeaker.of(speaker, 1), emotion, 1, 1, 1));
            }
        }
        return utterances;
    }

    /** Drawn utterances, each at its own level with faint noise after it, until there are as many samples. */
    private static void write(Path file, List<float[]> utterances, int number, long samples) throws IOException {
        KeyedRandom random = new KeyedRandom(1, "soak", Integer.toString(number));
        List<float[]> parts = new ArrayList<>();
        List<Double> gains = new ArrayList<>();
        long length = 0;
        while (length < samples) {
            float[] part = utterances.get(random.nextInt(utterances.size()));
            parts.add(part);
            gains.add(random.nextDouble(0.1, 1));
            length += part.length + (samples > part.length ? RATE : 0);
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write(header(length));
            for (int i = 0; i < parts.size(); i++) {
                float[] part = parts.get(i);
                int pause = samples > part.length ? RATE : 0;
                ByteBuffer bytes =
                        ByteBuffer.allocate(2 * (part.length + pause)).order(ByteOrder.LITTLE_ENDIAN);
                for (float sample : part) {
                    bytes.putShort((short) Math.round(gains.get(i) * sample * Short.MAX_VALUE));
                }
                for (int j = 0; j < pause; j++) {
                    bytes.putShort((short) (random.nextInt(7) - 3));
                }
                out.write(bytes.array());
            }
        }
    }

    private static byte[] header(long samples) {
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt((int) (HEADER - 8 + 2 * samples));
        header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        header.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(2 * RATE);
        header.putShort((short) 2).putShort((short) 16);
        return header.put("data".getBytes(StandardCharsets.US_ASCII))
                .putInt((int) (2 * samples))
                .array();
    }
}
