package org.speechemotion.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.speechemotion.corpus.Emotion;
import org.speechemotion.corpus.EmotionSet;
import org.speechemotion.random.KeyedRandom;

/**
 * Synthesises a corpus with the names and folders of RAVDESS, which the corpus {@code ravdess} can read.
 *
 * <p>Emotions differ in prosody and voice quality relative to the speaker. Absolute pitch does not reveal them, because it
 * varies more between speakers than between emotions.
 */
public final class DemoCorpus {
    private static final List<List<Vowel>> STATEMENTS = List.of(
            List.of(Vowel.HOD, Vowel.HEED, Vowel.HUD, Vowel.WHOD),
            List.of(Vowel.HAWED, Vowel.HEAD, Vowel.HAD, Vowel.HID));

    private DemoCorpus() {}

    /**
     * Writes {@link DemoSettings#clips()} WAV files (16 kHz, mono, 16 bits) to folders Actor_01, Actor_02, … and replaces
     * existing files. The same seed writes the same bytes.
     *
     * @throws IOException if a file cannot be written
     */
    public static void write(Path folder, long seed) throws IOException {
        for (int number = 1; number <= DemoSettings.SPEAKERS; number++) {
            DemoSpeaker speaker = DemoSpeaker.of(number, seed);
            Path ownFolder = Files.createDirectories(folder.resolve("Actor_%02d".formatted(number)));
            for (Emotion emotion : EmotionSet.EIGHT) {
                for (int statement = 1; statement <= DemoSettings.STATEMENTS; statement++) {
                    for (int repetition = 1; repetition <= DemoSettings.REPETITIONS; repetition++) {
                        String name = "03-01-%02d-01-%02d-%02d-%02d.wav"
                                .formatted(emotion.label() + 1, statement, repetition, number);
                        float[] samples = utterance(speaker, emotion, statement, repetition, seed);
                        Files.write(ownFolder.resolve(name), wav(samples));
                    }
                }
            }
        }
    }

    /**
     * Synthesises one utterance, {@code [time]} in [−1, 1] at {@link DemoSettings#SAMPLE_RATE}.
     *
     * @param statement the number of the statement, 1 to {@link DemoSettings#STATEMENTS}
     * @param repetition any number; each one gives a different rendering
     * @throws IllegalArgumentException if the statement does not exist
     */
    public static float[] utterance(DemoSpeaker speaker, Emotion emotion, int statement, int repetition, long seed) {
        if (statement < 1 || statement > STATEMENTS.size()) {
            throw new IllegalArgumentException(
                    "demo statement is %d; allowed: 1 to %d".formatted(statement, STATEMENTS.size()));
        }
        KeyedRandom random = new KeyedRandom(
                seed,
                "demo-utterance",
                Integer.toString(speaker.number()),
                emotion.id(),
                Integer.toString(statement),
                Integer.toString(repetition));
        DemoProsody prosody = DemoProsody.of(emotion).expressed(speaker.expressiveness(), random);
        return new DemoVoice(speaker, prosody, STATEMENTS.get(statement - 1), random).speak();
    }

    private static byte[] wav(float[] samples) {
        int dataBytes = 2 * samples.length;
        ByteBuffer wav = ByteBuffer.allocate(44 + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + dataBytes);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) 1).putShort((short) 1); // integer PCM, one channel
        wav.putInt(DemoSettings.SAMPLE_RATE).putInt(2 * DemoSettings.SAMPLE_RATE);
        wav.putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(dataBytes);
        for (float sample : samples) {
            wav.putShort((short) Math.round(sample * Short.MAX_VALUE));
        }
        return wav.array();
    }
}
