package org.speechemotion.scoring;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import org.speechemotion.asr.SpeechRecognizer;
import org.speechemotion.audio.RecordingSource;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.model.EmotionModel;

/**
 * Scores recordings of any length. A recording is decoded while it is read and cut into windows; its scores are a timeline of
 * segments and a summary. Windows of several recordings and channels are predicted together, sorted by length. A recording
 * that is no longer than a window is scored as {@link ClipScorer} scores it. The scores depend on nothing but the recording.
 * Memory is bounded by a few batches of windows, and by the levels and predictions of the recordings that are open. Not
 * thread-safe.
 *
 * @param <I> what identifies an input
 */
public final class RecordingScorer<I> {
    private final RecordingSource<I> reader;
    private final ClipBatches<ClipScore> batches;
    private final RecordingSettings settings;
    private final Optional<SpeechRecognizer> recognizer;
    private final boolean withAcoustics;
    private final Function<I, List<SpeakerTurn>> turns;
    private final int clusters;

    /**
     * Creates a scorer.
     *
     * @param reader gives samples at the encoder's sample rate
     * @param batchSize the maximum number of windows that are predicted together
     * @param withEmbeddings whether timelines have an embedding
     */
    public RecordingScorer(
            RecordingSource<I> reader,
            Encoder encoder,
            EmotionModel model,
            RecordingSettings settings,
            int batchSize,
            boolean withEmbeddings) {
        this(reader, encoder, model, settings, batchSize, withEmbeddings, Optional.empty());
    }

    /**
     * Creates a scorer that also transcribes.
     *
     * @param recognizer transcribes each channel, if it is present; it has the same sample rate and stays open
     */
    public RecordingScorer(
            RecordingSource<I> reader,
            Encoder encoder,
            EmotionModel model,
            RecordingSettings settings,
            int batchSize,
            boolean withEmbeddings,
            Optional<SpeechRecognizer> recognizer) {
        this(reader, encoder, model, settings, batchSize, withEmbeddings, recognizer, false, input -> List.of(), 0);
    }

    /**
     * Creates a scorer that may also measure the sound of recordings and score their speakers.
     *
     * @param withAcoustics whether recordings have the acoustic properties of each channel
     * @param turns the times in which the speakers of an input speak, in the order of their beginnings; empty if they are not known
     * @param clusters the number of speakers that are found in each channel by clustering instead; 0 for none
     */
    public RecordingScorer(
            RecordingSource<I> reader,
            Encoder encoder,
            EmotionModel model,
            RecordingSettings settings,
            int batchSize,
            boolean withEmbeddings,
            Optional<SpeechRecognizer> recognizer,
            boolean withAcoustics,
            Function<I, List<SpeakerTurn>> turns,
            int clusters) {
        this.turns = turns;
        this.clusters = clusters;
        this.reader = reader;
        this.settings = settings;
        this.recognizer = recognizer;
        this.withAcoustics = withAcoustics;
        batches = ClipBatches.predicting(encoder, model, batchSize, withEmbeddings);
    }

    /** Scores inputs lazily. Returns one recording for each, in no particular order. */
    public Iterator<Recording<I>> score(Iterator<I> inputs) {
        WindowBatch windows = new WindowBatch(batches, reader.sampleRate());
        Deque<Recording<I>> ready = new ArrayDeque<>();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                while (ready.isEmpty() && inputs.hasNext()) {
                    I input = inputs.next();
                    OpenRecording<I> recording = new OpenRecording<>(
                            input,
                            settings,
                            reader.sampleRate(),
                            windows,
                            recognizer,
                            withAcoustics,
                            turns.apply(input),
                            clusters,
                            ready::add);
                    recording.end(reader.read(input, recording));
                }
                if (ready.isEmpty()) {
                    windows.predict();
                }
                return !ready.isEmpty();
            }

            @Override
            public Recording<I> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return ready.remove();
            }
        };
    }
}
