package org.speechemotion.augment;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.speechemotion.audio.Waveform;

/** Holds the recordings of a folder {@code sounds}; those that are {@code null} cannot be decoded. */
public final class MemorySounds implements Sounds {
    private final Map<String, float[]> recordings = new TreeMap<>();

    MemorySounds with(String path, float[] samples) {
        recordings.put("sounds/" + path, samples);
        return this;
    }

    @Override
    public SoundFolder folder(String folder) {
        if (!folder.equals("sounds")) {
            throw new IllegalArgumentException("folder " + folder + " was not listed");
        }
        return new SoundFolder(folder, List.copyOf(recordings.keySet()));
    }

    @Override
    public Waveform open(String path) {
        float[] samples = recordings.get(path);
        if (samples == null) {
            throw new IllegalArgumentException(path + " cannot be decoded");
        }
        return new Waveform(samples, 16_000);
    }
}
