package org.speechemotion.notebook;

import java.util.Arrays;
import java.util.Optional;
import org.speechemotion.audio.AudioDecoder;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.audio.AudioSource;
import org.speechemotion.audio.Channels;
import org.speechemotion.audio.Reading;
import org.speechemotion.audio.RecordingReader;
import org.speechemotion.audio.SampleConsumer;
import org.speechemotion.audio.SourceFormat;
import org.speechemotion.audio.Waveform;
import org.speechemotion.common.Result;
import org.speechemotion.scoring.RecordingSettings;

/**
 * A part of a recording.
 *
 * @param waveform empty if the recording was rejected, or has ended before the excerpt begins
 * @param seconds the duration of the whole recording
 * @param rejection the reason for which it has no audio, or an empty text
 */
record Excerpt(Optional<Waveform> waveform, double seconds, String rejection) {

    /**
     * Decodes a recording as a stream, so that memory does not grow with its duration.
     *
     * @param start the beginning in s
     * @param length the maximum length in s
     */
    static Excerpt read(AudioSource source, String path, double start, double length) {
        AudioSettings settings = RecordingSettings.defaults().audio(AudioSettings.defaults());
        Part part =
                new Part(Math.round(start * settings.sampleRate()), (int) Math.round(length * settings.sampleRate()));
        Reading reading = new RecordingReader<>(source, new AudioDecoder(settings), Channels.MIX).read(path, part);
        if (((Reading.Decoded) reading).result() instanceof Result.Rejected<SourceFormat> rejected) {
            return new Excerpt(Optional.empty(), 0, rejected.rejection().text());
        }
        Optional<Waveform> waveform = part.kept == 0
                ? Optional.empty()
                : Optional.of(new Waveform(Arrays.copyOf(part.samples, part.kept), settings.sampleRate()));
        return new Excerpt(waveform, (double) part.seen / settings.sampleRate(), "");
    }

    private static final class Part implements SampleConsumer {
        private final long first;
        private final float[] samples;
        private int kept;
        private long seen;

        private Part(long first, int max) {
            this.first = first;
            samples = new float[max];
        }

        @Override
        public void begin(int channels, long certain) {}

        @Override
        public void accept(int channel, float[] block, int count) {
            int from = (int) Math.min(count, Math.max(0, first - seen));
            int taken = Math.min(count - from, samples.length - kept);
            System.arraycopy(block, from, samples, kept, taken);
            kept += taken;
            seen += count;
        }
    }
}
