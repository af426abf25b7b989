package org.speechemotion.scoring;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.speechemotion.audio.Reading;
import org.speechemotion.audio.RecordingSource;
import org.speechemotion.audio.SampleConsumer;
import org.speechemotion.audio.SourceFormat;
import org.speechemotion.common.Result;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.model.EmotionModel;

/**
 * Scores files of any length: a file is decoded while it is read, cut into windows, and told in segments and a summary. The
 * windows of a file, of its channels and of other files are predicted together, by length; a file that is not longer than
 * a window is one, and comes out as {@link ClipScorer} has it. What a file comes to depends on nothing but the file.
 * Memory is bounded by a few batches of windows, and the levels and predictions of the files that are in them. Not
 * thread-safe.
 */
public final class RecordingScorer {
    private final RecordingSource reader;
    private final ClipBatches<ClipScore> batches;
    private final RecordingSettings settings;

    /**
     * Puts the pieces together.
     *
     * @param reader gives what the encoder takes
     * @param batchSize most windows that are predicted together
     * @param withEmbeddings whether timelines have an embedding
     */
    public RecordingScorer(
            RecordingSource reader,
            Encoder encoder,
            EmotionModel model,
            RecordingSettings settings,
            int batchSize,
            boolean withEmbeddings) {
        this.reader = reader;
        this.settings = settings;
        batches = ClipBatches.predicting(encoder, model, batchSize, withEmbeddings);
    }

    /** One recording for each path, lazily, in no particular order. */
    public Iterator<Recording> score(Iterator<String> paths) {
        return new Scores(paths);
    }

    private final class Scores implements Iterator<Recording> {
        private final Iterator<String> paths;
        private final Deque<Recording> ready = new ArrayDeque<>();
        private final List<Window> waiting = new ArrayList<>();
        private long waitingSamples;

        Scores(Iterator<String> paths) {
            this.paths = paths;
        }

        @Override
        public boolean hasNext() {
            while (ready.isEmpty() && paths.hasNext()) {
                read(paths.next());
            }
            if (ready.isEmpty()) {
                predict();
            }
            return !ready.isEmpty();
        }

        @Override
        public Recording next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return ready.remove();
        }

        private void read(String path) {
            OpenRecording recording = new OpenRecording(path);
            Reading reading = reader.read(path, recording);
            if (reading instanceof Reading.Seen) {
                ready.add(new Recording.Seen(path, reading.sha256()));
                return;
            }
            Reading.Decoded decoded = (Reading.Decoded) reading;
            if (decoded.result() instanceof Result.Rejected<SourceFormat> rejected) {
                waiting.removeIf(window -> window.recording == recording);
                waitingSamples = waiting.stream()
                        .mapToLong(window -> window.samples.length)
                        .sum();
                ready.add(new Recording.Rejected(path, reading.sha256(), rejected.rejection()));
            } else {
                recording.end(decoded);
            }
        }

        private void add(Window window) {
            waiting.add(window);
            waitingSamples += window.samples.length;
            if (waiting.size() >= batches.clips() || waitingSamples >= ClipBatches.SECONDS * reader.sampleRate()) {
                predict();
            }
        }

        private void predict() {
            List<ClipScore> predictions =
                    batches.run(waiting.stream().map(Window::samples).toList());
            for (int i = 0; i < predictions.size(); i++) {
                Window window = waiting.get(i);
                window.recording.predicted(window, predictions.get(i));
            }
            waiting.clear();
            waitingSamples = 0;
        }

        /** A file that is being read, or whose windows have not all been predicted. */
        private final class OpenRecording implements SampleConsumer {
            private final String path;
            private final List<ChannelScore> channels = new ArrayList<>();
            private Reading.Decoded reading;
            private int missing;
            private boolean finite = true;

            OpenRecording(String path) {
                this.path = path;
            }

            @Override
            public void begin(int count, long certain) {
                for (int i = 0; i < count; i++) {
                    int channel = i;
                    channels.add(new ChannelScore(settings, reader.sampleRate(), (index, samples) -> {
                        missing++;
                        add(new Window(this, channel, index, samples));
                    }));
                }
            }

            @Override
            public void accept(int channel, float[] samples, int count) {
                channels.get(channel).accept(samples, count);
            }

            void end(Reading.Decoded whole) {
                channels.forEach(ChannelScore::finish);
                reading = whole;
                closeWhenWhole();
            }

            void predicted(Window window, ClipScore prediction) {
                if (prediction.isFinite()) {
                    channels.get(window.channel).predicted(window.index, prediction);
                } else {
                    finite = false;
                }
                missing--;
                closeWhenWhole();
            }

            private void closeWhenWhole() {
                if (reading != null && missing == 0 && !finite) {
                    ready.add(new Recording.Rejected(path, reading.sha256(), ClipBatches.NOT_FINITE));
                } else if (reading != null && missing == 0) {
                    ready.add(new Recording.Scored(
                            path,
                            reading.sha256(),
                            channels.get(0).seconds(),
                            reading.result().orElseThrow(),
                            channels.stream().map(ChannelScore::timeline).toList()));
                }
            }
        }

        @SuppressWarnings("ArrayRecordComponent") // on its way, compared by nobody
        private record Window(OpenRecording recording, int channel, int index, float[] samples) {}
    }
}
