package org.speechemotion.spark;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.speechemotion.audio.Waveform;
import org.speechemotion.encoder.Encoder;
import org.speechemotion.encoder.EncoderSettings;
import org.speechemotion.encoder.Encoders;
import org.speechemotion.encoder.Frames;
import org.speechemotion.model.EmotionModel;
import org.speechemotion.train.BoundedCache;

/** What an executor's JVM opens once and all its tasks share: encoders, and what was decoded and encoded. */
final class ExecutorModels {
    private static final Map<EncoderSettings, Encoder> ENCODERS = new ConcurrentHashMap<>();
    private static final Map<Long, BoundedCache<Frames>> FRAMES = new ConcurrentHashMap<>();
    private static final Map<Long, BoundedCache<Waveform>> CLIPS = new ConcurrentHashMap<>();
    private static final Map<Long, BoundedCache<Waveform>> SOUNDS = new ConcurrentHashMap<>();

    /** By the model's id: those that no task uses just now. A model serves one thread at a time. */
    private static final Map<String, Queue<EmotionModel>> MODELS = new ConcurrentHashMap<>();

    private static final int MOST_MODELS = 4;

    private ExecutorModels() {}

    /** Uses a model that an earlier task of this JVM opened, or opens it. */
    static <T> T withModel(String id, Supplier<EmotionModel> open, Function<EmotionModel, T> use) {
        if (!MODELS.containsKey(id) && MODELS.size() >= MOST_MODELS) {
            MODELS.clear();
        }
        Queue<EmotionModel> idle = MODELS.computeIfAbsent(id, key -> new ConcurrentLinkedQueue<>());
        EmotionModel waiting = idle.poll();
        EmotionModel model = waiting == null ? open.get() : waiting;
        T result = use.apply(model);
        // Not where it failed: who knows what state it was left in.
        idle.add(model);
        return result;
    }

    static Encoder encoder(EncoderSettings settings, Configuration hadoop) {
        return ENCODERS.computeIfAbsent(settings, key -> Encoders.open(EncoderFolders.onThisMachine(key, hadoop)));
    }

    static BoundedCache<Frames> frames(int megabytes) {
        return FRAMES.computeIfAbsent((long) megabytes << 20, BoundedCache::ofFrames);
    }

    /** Of the corpus. */
    static BoundedCache<Waveform> clips(int megabytes) {
        return CLIPS.computeIfAbsent((long) megabytes << 20, BoundedCache::ofWaveforms);
    }

    /** Of the recordings that augmentations draw from. */
    static BoundedCache<Waveform> sounds(int megabytes) {
        return SOUNDS.computeIfAbsent((long) megabytes << 20, BoundedCache::ofWaveforms);
    }
}
