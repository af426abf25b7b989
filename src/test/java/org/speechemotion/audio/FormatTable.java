package org.speechemotion.audio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.speechemotion.common.Result;
import org.speechemotion.common.TemporaryFiles;

/**
 * Prints the table of docs/audio.md: formats by their accuracy and speed. With a number, it decodes so many damaged files of
 * every format instead, and counts the answers.
 */
final class FormatTable {

    private static final double SECONDS = 60;

    private FormatTable() {}

    @SuppressWarnings("SystemOut") // a program for people
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("formats");
        try {
            System.out.print(arguments.length == 0 ? table(folder) : mutants(Integer.parseInt(arguments[0]), folder));
        } finally {
            TemporaryFiles.delete(folder);
        }
    }

    private static String table(Path folder) {
        StringBuilder table = new StringBuilder(
                "| format | difference of the duration | signal-to-noise ratio | speed |\n" + "|---|---|---|---|\n");
        for (ForeignFile format : ForeignFile.ALL) {
            float[] original = ForeignFile.voice(format.sampleRate(), SECONDS);
            byte[] file = format.encode(original, folder);
            AudioDecoder decoder = new AudioDecoder(new AudioSettings(format.sampleRate(), 0, 600, 1 << 28));
            decoder.decode(file, format.name());
            long before = System.nanoTime();
            DecodedAudio audio = decoder.decode(file, format.name()).orElseThrow();
            double seconds = (System.nanoTime() - before) / 1e9;
            double noise = ForeignFile.signalToNoise(original, audio.waveform().samples(), format.sampleRate());
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %+.1f ms | %s | %,d × |%n",
                    format.label(),
                    1000 * (audio.source().durationSeconds() - SECONDS),
                    noise > 120 ? "exact" : String.format(Locale.ROOT, "%.1f dB", noise),
                    Math.round(SECONDS / seconds)));
        }
        return table.toString();
    }

    /** Decodes damaged files of all formats in turn; returns the number of each answer. */
    static Map<String, Integer> answers(int count, AudioDecoder decoder, Path folder) {
        Map<String, Integer> answers = new TreeMap<>();
        byte[][] originals = ForeignFile.ALL.stream()
                .map(format -> format.encode(ForeignFile.voice(format.sampleRate(), 0.5), folder))
                .toArray(byte[][]::new);
        for (int i = 0; i < count; i++) {
            int format = i % originals.length;
            byte[] damaged = ContainerMutations.mutate(originals[format], i);
            Result<DecodedAudio> result =
                    decoder.decode(damaged, ForeignFile.ALL.get(format).name());
            answers.merge(
                    result instanceof Result.Rejected<DecodedAudio> rejected
                            ? rejected.rejection().code()
                            : "ok",
                    1,
                    Integer::sum);
        }
        return answers;
    }

    private static String mutants(int count, Path folder) {
        long before = System.nanoTime();
        Map<String, Integer> answers = answers(count, new AudioDecoder(AudioSettings.defaults()), folder);
        return String.format(Locale.ROOT, "%s of %d in %.0f s%n", answers, count, (System.nanoTime() - before) / 1e9);
    }
}
