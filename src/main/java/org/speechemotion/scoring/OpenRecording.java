package org.speechemotion.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.speechemotion.acoustics.AcousticMeasurer;
import org.speechemotion.asr.Recognition;
import org.speechemotion.asr.SpeechRecognizer;
import org.speechemotion.asr.Transcript;
import org.speechemotion.audio.Reading;
import org.speechemotion.audio.SampleConsumer;
import org.speechemotion.audio.SourceFormat;
import org.speechemotion.common.Result;

/** A recording that is being read, or some of whose windows have not been predicted yet. */
final class OpenRecording<I> implements SampleConsumer {
    private final I input;
    private final RecordingSettings settings;
    private final int sampleRate;
    private final WindowBatch windows;
    private final Optional<SpeechRecognizer> recognizer;
    private final List<SpeakerTurn> turns;
    private final Consumer<Recording<I>> finished;
    private final boolean withAcoustics;
    private final List<AcousticMeasurer> measurers = new ArrayList<>();
    private final List<Recognition> recognitions = new ArrayList<>();
    private final List<Transcript> transcripts = new ArrayList<>();
    private final List<ChannelScore> channels = new ArrayList<>();
    private Reading.Decoded reading;
    private int missing;
    private boolean finite = true;

    /**
     * Begins a recording.
     *
     * @param windows takes its windows
     * @param recognizer transcribes its channels, if it is present
     * @param withAcoustics whether the sound of its channels is measured
     * @param turns when its speakers speak, if that is known
     * @param finished takes its scores, once they are all there
     */
    OpenRecording(
            I input,
            RecordingSettings settings,
            int sampleRate,
            WindowBatch windows,
            Optional<SpeechRecognizer> recognizer,
            boolean withAcoustics,
            List<SpeakerTurn> turns,
            Consumer<Recording<I>> finished) {
        this.input = input;
        this.settings = settings;
        this.sampleRate = sampleRate;
        this.windows = windows;
        this.recognizer = recognizer;
        this.withAcoustics = withAcoustics;
        this.turns = turns;
        this.finished = finished;
    }

    @Override
    public void begin(int count, long certain) {
        for (int i = 0; i < count; i++) {
            int channel = i;
            recognizer.ifPresent(speech -> recognitions.add(speech.begin()));
            if (withAcoustics) {
                measurers.add(new AcousticMeasurer(sampleRate));
            }
            channels.add(new ChannelScore(settings, sampleRate, (index, samples) -> {
                missing++;
                windows.add(new WindowBatch.Window(this, channel, index, samples));
            }));
        }
    }

    @Override
    public void accept(int channel, float[] samples, int count) {
        channels.get(channel).accept(samples, count);
        if (withAcoustics) {
            measurers.get(channel).accept(samples, count);
        }
        if (recognizer.isPresent() && finite) {
            try {
                recognitions.get(channel).accept(samples, count);
            } catch (ArithmeticException notFinite) {
                finite = false;
            }
        }
    }

    /** Ends the recording. */
    void end(Reading read) {
        if (read instanceof Reading.Duplicate seen) {
            finished.accept(new Recording.Duplicate<>(input, seen.content()));
            return;
        }
        Reading.Decoded decoded = (Reading.Decoded) read;
        if (decoded.result() instanceof Result.Rejected<SourceFormat> rejected) {
            windows.discard(this);
            finish(decoded, Result.rejected(rejected.rejection()));
            return;
        }
        channels.forEach(ChannelScore::finish);
        transcribe();
        reading = decoded;
        finishIfComplete();
    }

    private void transcribe() {
        try {
            for (int i = 0; finite && i < recognitions.size(); i++) {
                transcripts.add(recognitions.get(i).finish());
            }
        } catch (ArithmeticException notFinite) {
            finite = false;
        }
    }

    /** Takes the score of a window. */
    void predicted(int channel, int index, ClipScore score) {
        if (score.isFinite()) {
            channels.get(channel).predicted(index, score);
        } else {
            finite = false;
        }
        missing--;
        finishIfComplete();
    }

    private void finishIfComplete() {
        if (reading != null && missing == 0) {
            finish(reading, reading.result().flatMap(this::score));
        }
    }

    private Result<ScoredRecording> score(SourceFormat format) {
        if (!finite) {
            return Result.rejected(ClipBatches.NOT_FINITE);
        }
        SpeakerScores known = SpeakerScores.of(turns, channels, transcripts);
        return Result.accepted(new ScoredRecording(
                channels.get(0).seconds(),
                format,
                channels.stream().map(ChannelScore::timeline).toList(),
                transcripts,
                known.speakers().isEmpty()
                        ? CallStatistics.of(
                                channels.stream().map(ChannelScore::activity).toList())
                        : known.call(),
                measurers.stream().map(AcousticMeasurer::finish).toList(),
                known.speakers()));
    }

    private void finish(Reading.Decoded decoded, Result<ScoredRecording> result) {
        finished.accept(new Recording.Finished<>(input, decoded.sha256(), result));
    }
}
