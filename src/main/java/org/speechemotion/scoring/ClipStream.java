package org.speechemotion.scoring;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.speechemotion.audio.DecodedAudio;
import org.speechemotion.audio.Waveform;
import org.speechemotion.common.Result;

/**
 * The results of clips, computed lazily and returned in the order of the clips. Clips are taken in groups of a few batches, so
 * memory stays bounded for any number of clips. It is not thread-safe.
 *
 * @param <R> the type of a clip's result
 */
public final class ClipStream<R> implements Iterator<Result<R>> {
    private final Iterator<Result<DecodedAudio>> clips;
    private final ClipBatches<R> batches;
    private final Deque<Result<R>> ready = new ArrayDeque<>();

    /** Creates the stream, which has one result for each clip. */
    public ClipStream(Iterator<Result<DecodedAudio>> clips, ClipBatches<R> batches) {
        this.clips = clips;
        this.batches = batches;
    }

    @Override
    public boolean hasNext() {
        if (ready.isEmpty() && clips.hasNext()) {
            computeNextGroup();
        }
        return !ready.isEmpty();
    }

    @Override
    public Result<R> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }

    private void computeNextGroup() {
        List<Result<DecodedAudio>> group = new ArrayList<>();
        List<float[]> audio = new ArrayList<>();
        double seconds = 0;
        // Rejections count too: a folder of a million other files must not be held in memory.
        while (group.size() < batches.clips() && seconds < ClipBatches.MAX_SECONDS && clips.hasNext()) {
            Result<DecodedAudio> clip = clips.next();
            group.add(clip);
            if (clip instanceof Result.Accepted<DecodedAudio> accepted) {
                Waveform waveform = accepted.value().waveform();
                audio.add(waveform.samples());
                seconds += waveform.durationSeconds();
            }
        }
        Iterator<R> results = batches.run(audio).iterator();
        for (Result<DecodedAudio> clip : group) {
            ready.add(clip.flatMap(decoded -> batches.checked(results.next())));
        }
    }
}
