package org.speechemotion.scoring;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.speechemotion.audio.RecordingSource;

/**
 * Scores recordings of any length. A recording is decoded while it is read and cut into windows; its scores are a timeline of
 * segments and a summary. Windows of several recordings and channels are predicted together, sorted by length. A recording
 * that is no longer than a window is scored as {@link ClipScorer} scores it. The scores depend on nothing but the recording.
 * Memory is bounded by a few batches of windows, and by the levels and predictions of the recordings that are open. Not
 * thread-safe.
 *
 * @param <I> the identity of an input
 */
public final class RecordingScorer<I> {
    private final RecordingSource<I> reader;
    private final ClipBatches<ClipScore> batches;
    private final RecordingSettings settings;
    private final Analyses<I> analyses;

    /**
     * Creates a scorer of emotions alone.
     *
     * @param reader gives samples at the encoder's sample rate
     * @param batches predicts windows, see {@link ClipBatches#predicting}
     */
    public RecordingScorer(RecordingSource<I> reader, ClipBatches<ClipScore> batches, RecordingSettings settings) {
        this(reader, batches, settings, Analyses.none());
    }

    /** Creates a scorer that makes other analyses, too. */
    public RecordingScorer(
            RecordingSource<I> reader,
            ClipBatches<ClipScore> batches,
            RecordingSettings settings,
            Analyses<I> analyses) {
        this.reader = reader;
        this.batches = batches;
        this.settings = settings;
        this.analyses = analyses;
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
                    OpenRecording<I> recording =
                            new OpenRecording<>(input, settings, reader.sampleRate(), windows, analyses, ready::add);
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
