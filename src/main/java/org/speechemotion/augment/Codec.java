package org.speechemotion.augment;

import java.util.Locale;
import org.speechemotion.audio.G711;

/** Speech codecs of telephone lines. */
public enum Codec {
    /** ITU-T G.711 with 8 bits per sample. */
    MU_LAW {
        @Override
        void pass(float[] samples) {
            companded(samples, G711.MU_LAW);
        }
    },

    /** ITU-T G.711 with 8 bits per sample. */
    A_LAW {
        @Override
        void pass(float[] samples) {
            companded(samples, G711.A_LAW);
        }
    },

    /** ADPCM with 4 bits per sample (IMA Digital Audio Focus and Technical Working Group, "Recommended practices", 1992). */
    IMA_ADPCM {
        @Override
        void pass(float[] samples) {
            ImaAdpcm codec = new ImaAdpcm();
            for (int i = 0; i < samples.length; i++) {
                samples[i] = codec.decode(codec.encode(pcm(samples[i]))) * 0x1p-15f;
            }
        }
    };

    /** Encodes and decodes in place; samples beyond full scale are clipped. */
    abstract void pass(float[] samples);

    /** Returns the name that settings use, such as {@code mu-law}. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void companded(float[] samples, G711 law) {
        for (int i = 0; i < samples.length; i++) {
            samples[i] = law.decode(law.encode(pcm(samples[i]))) * 0x1p-15f;
        }
    }

    private static int pcm(float sample) {
        return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sample * 0x1p15f)));
    }
}
