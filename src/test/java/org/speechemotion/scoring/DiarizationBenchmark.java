package org.speechemotion.scoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.speechemotion.acoustics.FrameLevels;
import org.speechemotion.audio.AudioDecoder;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.diarization.Diarizer;
import org.speechemotion.metrics.DiarizationError;
import org.speechemotion.random.KeyedRandom;

/**
 * The diarisation error of clustering: on conversations that are put together from the clips of two RAVDESS actors each, and on a
 * recording whose turns an RTTM file tells. Arguments: the folder of RAVDESS, and optionally a recording and its RTTM file.
 */
public final class DiarizationBenchmark {
    private static final int RATE = 16_000;
    private static final int TURNS = 24;
    private static final int MOST = 2;
    private static final AudioDecoder DECODER = new AudioDecoder(AudioSettings.defaults());

    private DiarizationBenchmark() {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Conversation(float[] samples, List<DiarizationError.Turn> turns) {}

    public static void main(String[] arguments) throws IOException {
        Path ravdess = Path.of(arguments[0]);
        say("conversations                 number  error  missed  false  confused  speakers found");
        // Odd actors are men and even ones women.
        measure("man and woman", ravdess, Stream.of("1 2", "3 4", "5 6", "7 8", "9 10", "11 12", "13 14", "15 16"));
        measure("two men", ravdess, Stream.of("1 3", "5 7", "9 11", "13 15", "1 5", "3 7", "9 13", "11 15"));
        measure("two women", ravdess, Stream.of("2 4", "6 8", "10 12", "14 16", "2 6", "4 8", "10 14", "12 16"));
        measure("one speaker", ravdess, Stream.of("1", "2", "3", "4", "5", "6", "7", "8"));
        if (arguments.length > 2) {
            Path audio = Path.of(arguments[1]);
            String name = audio.getFileName().toString();
            List<DiarizationError.Turn> truth =
                    SpeakerTurns.parse(Files.readString(Path.of(arguments[2])), arguments[2]).of(name).stream()
                            .map(turn ->
                                    new DiarizationError.Turn(turn.speaker(), turn.startSeconds(), turn.endSeconds()))
                            .toList();
            report(name, List.of(new Conversation(samples(audio), truth)));
        }
    }

    private static void measure(String name, Path ravdess, Stream<String> actors) throws IOException {
        List<Conversation> conversations = new ArrayList<>();
        for (String pair : actors.toList()) {
            conversations.add(conversation(ravdess, pair.split(" ")));
        }
        report(name, conversations);
    }

    private static void report(String name, List<Conversation> conversations) {
        DiarizationError sum = new DiarizationError(0, 0, 0, 0);
        List<Long> speakers = new ArrayList<>();
        for (Conversation conversation : conversations) {
            List<DiarizationError.Turn> found = found(conversation.samples);
            sum = sum.plus(DiarizationError.of(conversation.turns, found, DiarizationError.COLLAR));
            speakers.add(found.stream()
                    .map(DiarizationError.Turn::speaker)
                    .distinct()
                    .count());
        }
        say(String.format(
                Locale.ROOT,
                "%-28s  %6d  %5.1f  %6.1f  %5.1f  %8.1f  %s",
                name,
                conversations.size(),
                100 * sum.rate(),
                100 * sum.missed() / sum.total(),
                100 * sum.falseAlarm() / sum.total(),
                100 * sum.confused() / sum.total(),
                speakers));
    }

    private static List<DiarizationError.Turn> found(float[] samples) {
        FrameLevels levels = new FrameLevels(RATE);
        levels.accept(samples, samples.length);
        levels.finish();
        double threshold = levels.floor() + RecordingSettings.defaults().silenceDecibels();
        List<Diarizer.Interval> speech =
                SpeechActivity.of(levels.toArray(), Math.max(FrameLevels.DIGITAL_SILENCE, threshold))
                        .intervals()
                        .stream()
                        .map(interval -> new Diarizer.Interval(interval.start(), interval.end()))
                        .toList();
        Diarizer diarizer = new Diarizer(RATE, MOST);
        diarizer.accept(samples, samples.length);
        return diarizer.turns(levels.toArray(), speech).stream()
                .map(turn -> new DiarizationError.Turn(
                        "speaker-" + turn.speaker(),
                        turn.start() / SpeechActivity.FRAMES_PER_SECOND,
                        turn.end() / SpeechActivity.FRAMES_PER_SECOND))
                .toList();
    }

    /** Turns of one to three clips, in any emotion, with pauses of 0.2 to 0.8 s between them and soft noise throughout. */
    private static Conversation conversation(Path ravdess, String[] actors) throws IOException {
        KeyedRandom random = new KeyedRandom(42, actors);
        List<float[]> parts = new ArrayList<>();
        List<DiarizationError.Turn> turns = new ArrayList<>();
        int length = 0;
        for (int turn = 0; turn < TURNS; turn++) {
            String actor = "Actor_%02d".formatted(Integer.parseInt(actors[turn % actors.length]));
            List<Path> clips;
            try (Stream<Path> files = Files.list(ravdess.resolve(actor))) {
                clips = files.sorted().toList();
            }
            int count = 1 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                float[] clip = trimmed(samples(clips.get(random.nextInt(clips.size()))));
                turns.add(new DiarizationError.Turn(
                        actor, (double) length / RATE, (double) (length + clip.length) / RATE));
                float[] pause = new float[(int) ((0.2 + 0.6 * random.nextDouble()) * RATE)];
                parts.add(clip);
                parts.add(pause);
                length += clip.length + pause.length;
            }
        }
        float[] samples = new float[length];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, samples, at, part.length);
            at += part.length;
        }
        for (int i = 0; i < length; i++) {
            samples[i] += (float) (1e-3 * random.nextGaussian());
        }
        return new Conversation(samples, turns);
    }

    /** A clip without the silence before and after speech: the frames of 10 ms within 35 dB of the loudest. */
    private static float[] trimmed(float[] samples) {
        FrameLevels levels = new FrameLevels(RATE);
        levels.accept(samples, samples.length);
        levels.finish();
        float loudest = Float.NEGATIVE_INFINITY;
        for (float level : levels.toArray()) {
            loudest = Math.max(loudest, level);
        }
        int first = 0;
        while (levels.level(first) < loudest - 35) {
            first++;
        }
        int end = levels.count();
        while (levels.level(end - 1) < loudest - 35) {
            end--;
        }
        int frame = RATE / 100;
        return Arrays.copyOfRange(samples, first * frame, Math.min(samples.length, end * frame));
    }

    private static float[] samples(Path file) throws IOException {
        return DECODER.decode(Files.readAllBytes(file)).orElseThrow().waveform().samples();
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
