package org.speechemotion.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.speechemotion.acoustics.AcousticMeasurer;
import org.speechemotion.asr.Recognition;
import org.speechemotion.asr.Transcript;
import org.speechemotion.audio.Reading;
import org.speechemotion.audio.SampleConsumer;
import org.speechemotion.audio.SourceFormat;
import org.speechemotion.common.Result;
import org.speechemotion.diarization.Diarizer;

/** A recording that is being read, or some of whose windows have not been predicted yet. */
final class OpenRecording<I> implements SampleConsumer {
    private final I input;
    private final RecordingSettings settings;
    private final int sampleRate;
    private final WindowBatch windows;
    private final Analyses<I> analyses;
    private final List<Diarizer> diarizers = new ArrayList<>();
    private final Consumer<Recording<I>> finished;
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
     * @param windows the consumer of its windows
     * @param finished the consumer of its scores, when all of them are there
     */
    OpenRecording(
            I input,
            RecordingSettings settings,
            int sampleRate,
            WindowBatch windows,
            Analyses<I> analyses,
            Consumer<Recording<I>> finished) {
        this.input = input;
        this.settings = settings;
        this.sampleRate = sampleRate;
        this.windows = windows;
        this.analyses = analyses;
        this.finished = finished;
    }

    @Override
    public void begin(int count, long certain) {
        for (int i = 0; i < count; i++) {
            int channel = i;
            analyses.recognizer().ifPresent(speech -> recognitions.add(speech.begin()));
            if (analyses.acoustics()) {
                measurers.add(new AcousticMeasurer(sampleRate));
            }
            if (analyses.clusters() > 0) {
                diarizers.add(new Diarizer(sampleRate, analyses.clusters()));
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
        if (analyses.acoustics()) {
            measurers.get(channel).accept(samples, count);
        }
        if (analyses.clusters() > 0) {
            diarizers.get(channel).accept(samples, count);
        }
        if (analyses.recognizer().isPresent() && finite) {
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
        SpeakerScores known = SpeakerScores.of(turns(), channels, transcripts);
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

    private List<SpeakerTurn> turns() {
        return analyses.clusters() == 0
                ? analyses.turns().apply(input)
                : IntStream.range(0, channels.size())
                        .mapToObj(channel -> channels.get(channel).turns(diarizers.get(channel), channel + 1))
                        .flatMap(List::stream)
                        .toList();
    }

    private void finish(Reading.Decoded decoded, Result<ScoredRecording> result) {
        finished.accept(new Recording.Finished<>(input, decoded.sha256(), result));
    }
}
