package org.speechemotion.scoring;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.speechemotion.audio.Decoding;
import org.speechemotion.audio.RejectionReason;
import org.speechemotion.audio.Waveform;

/**
 * What becomes of clips, lazily and in their order. They are taken a window at a time and batched within it, so memory
 * stays bounded however many there are. Not thread-safe.
 *
 * @param <R> what is made of a clip
 */
public final class ClipStream<R> implements Iterator<Outcome<R>> {
    private final Iterator<DecodedClip> clips;
    private final ClipBatches<R> batches;
    private final Deque<Outcome<R>> ready = new ArrayDeque<>();

    /** One outcome for each clip. */
    public ClipStream(Iterator<DecodedClip> clips, ClipBatches<R> batches) {
        this.clips = clips;
        this.batches = batches;
    }

    @Override
    public boolean hasNext() {
        if (ready.isEmpty() && clips.hasNext()) {
            window();
        }
        return !ready.isEmpty();
    }

    @Override
    public Outcome<R> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }

    private void window() {
        List<DecodedClip> window = new ArrayList<>();
        List<float[]> audio = new ArrayList<>();
        double seconds = 0;
        // Rejections count too: a folder of a million other files must not be held in memory.
        while (window.size() < batches.clips() && seconds < ClipBatches.SECONDS && clips.hasNext()) {
            DecodedClip clip = clips.next();
            window.add(clip);
            if (clip.decoding() instanceof Decoding.Audio decoded) {
                audio.add(decoded.waveform().samples());
                seconds += decoded.waveform().durationSeconds();
            }
        }
        Iterator<R> results = batches.run(audio).iterator();
        for (DecodedClip clip : window) {
            if (clip.decoding() instanceof Decoding.Rejection rejection) {
                ready.add(new Outcome.Rejected<>(clip.path(), rejection.reason(), rejection.message()));
            } else {
                Waveform waveform = ((Decoding.Audio) clip.decoding()).waveform();
                R result = results.next();
                ready.add(
                        batches.isFinite(result)
                                ? new Outcome.Done<>(clip.path(), waveform.durationSeconds(), result)
                                : new Outcome.Rejected<>(
                                        clip.path(), RejectionReason.NOT_FINITE, ClipBatches.NOT_FINITE));
            }
        }
    }
}
