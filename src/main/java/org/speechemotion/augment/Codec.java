package org.speechemotion.augment;

import java.util.Locale;
import org.speechemotion.audio.G711;

/** What telephones write speech with. */
public enum Codec {
    /** ITU-T G.711, 8 bits a sample. */
    MU_LAW {
        @Override
        void pass(float[] samples) {
            companded(samples, G711.MU_LAW);
        }
    },

    /** ITU-T G.711, 8 bits a sample. */
    A_LAW {
        @Override
        void pass(float[] samples) {
            companded(samples, G711.A_LAW);
        }
    },

    /** IMA Digital Audio Focus and Technical Working Group, "Recommended practices", 1992: 4 bits a sample. */
    IMA_ADPCM {
        @Override
        void pass(float[] samples) {
            ImaAdpcm codec = new ImaAdpcm();
            for (int i = 0; i < samples.length; i++) {
                samples[i] = codec.decode(codec.encode(pcm(samples[i]))) * 0x1p-15f;
            }
        }
    };

    /** Encodes and decodes in place; what is beyond full scale is clipped. */
    abstract void pass(float[] samples);

    /** As in the settings: {@code mu-law}. */
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
