package org.speechemotion.spark.clips;

import java.util.HashMap;
import java.util.Map;
import org.speechemotion.audio.ClipReader;
import org.speechemotion.audio.Waveform;
import org.speechemotion.augment.SoundFolder;
import org.speechemotion.augment.Sounds;
import org.speechemotion.common.BoundedCache;

/** Listed recordings on any Hadoop file system; decoded ones are cached for the whole JVM. */
final class HadoopSounds implements Sounds {
    private final Map<String, SoundFolder> folders = new HashMap<>();
    private final ClipReader reader;
    private final BoundedCache<Waveform> cache;

    HadoopSounds(SoundListing listing, ClipReader reader, BoundedCache<Waveform> cache) {
        listing.files().forEach((folder, files) -> folders.put(folder, new SoundFolder(folder, files)));
        this.reader = reader;
        this.cache = cache;
    }

    @Override
    public SoundFolder folder(String folder) {
        SoundFolder files = folders.get(folder);
        if (files == null) {
            throw new IllegalArgumentException("folder " + folder + " was not listed");
        }
        return files;
    }

    @Override
    public Waveform open(String path) {
        String key = reader.sampleRate() + " " + path;
        return cache.get(key).orElseGet(() -> {
            Waveform waveform = reader.read(path)
                    .orElseThrow(rejection ->
                            new IllegalArgumentException(path + " cannot be drawn from, it is " + rejection.text()))
                    .waveform();
            cache.put(key, waveform);
            return waveform;
        });
    }
}
