package org.speechemotion.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.speechemotion.audio.AudioDecoder;
import org.speechemotion.audio.AudioSettings;
import org.speechemotion.audio.ClipReader;
import org.speechemotion.audio.WavWriter;
import org.speechemotion.audio.Waveform;
import org.speechemotion.common.BoundedCache;

class ClipLoaderTest {
    private static final Example CLIP = ExampleBuilder.clip("a.wav").build();

    /** Runs of different sample rates in one JVM, as in a notebook, share the cache. */
    @Test
    void loadersOfDifferentRatesShareACacheAndNotWaveforms() throws IOException {
        BoundedCache<Waveform> cache = new BoundedCache<>(1 << 20, Waveform::sizeInBytes);
        assertThat(new ClipLoader(reader(16_000), cache).load(CLIP).sampleRate())
                .isEqualTo(16_000);
        assertThat(new ClipLoader(reader(8_000), cache).load(CLIP).sampleRate()).isEqualTo(8_000);
    }

    private static ClipReader reader(int sampleRate) {
        byte[] file = WavWriter.write(new Waveform(new float[16_000], 16_000));
        return new ClipReader(
                (path, maxBytes) -> file, new AudioDecoder(new AudioSettings(sampleRate, 0.1, 600, 1 << 20)));
    }
}
