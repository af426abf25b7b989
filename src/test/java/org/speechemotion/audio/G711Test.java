package org.speechemotion.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class G711Test {
    /** The JDK's encoder, at the resolution that the law has; beyond 32635 its mu-law overflows. */
    @ParameterizedTest
    @EnumSource
    void encodesAsTheJdkDoes(G711 law) throws IOException {
        int step = law == G711.MU_LAW ? 4 : 16;
        byte[] theirs = encoded(law);
        int largest = law == G711.MU_LAW ? 32_635 : 32_767;
        int compared = 0;
        for (int sample = -32_768; sample <= 32_767; sample += step) {
            if (Math.abs(sample) <= largest) {
                assertThat(law.encode(sample)).as("%d", sample).isEqualTo(theirs[sample + 32_768]);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(4_000);
    }

    /** Tables 1a and 2a of the recommendation, in 16-bit units. */
    @Test
    void decodesThePublishedValues() {
        assertThat(G711.MU_LAW.decode((byte) 0x80)).isEqualTo(8_031 * 4);
        assertThat(G711.MU_LAW.decode((byte) 0x8F)).isEqualTo(4_191 * 4);
        assertThat(G711.MU_LAW.decode((byte) 0xFF)).isZero();
        assertThat(G711.MU_LAW.decode((byte) 0x00)).isEqualTo(-8_031 * 4);
        assertThat(G711.A_LAW.decode((byte) 0xAA)).isEqualTo(4_032 * 8);
        assertThat(G711.A_LAW.decode((byte) 0xD5)).isEqualTo(8);
        assertThat(G711.A_LAW.decode((byte) 0x2A)).isEqualTo(-4_032 * 8);
    }

    @ParameterizedTest
    @EnumSource
    void decodedSamplesKeepTheirCodes(G711 law) {
        for (int code = -128; code < 128; code++) {
            int sample = law.decode((byte) code);
            assertThat(law.decode(law.encode(sample))).isEqualTo(sample);
        }
        assertThat(law.encode(Short.MIN_VALUE)).isEqualTo(law.encode(-32_700));
        assertThat(law.encode(Short.MAX_VALUE)).isEqualTo(law.encode(32_700));
    }

    private static byte[] encoded(G711 law) throws IOException {
        byte[] pcm = new byte[2 << 16];
        for (int i = 0; i < 1 << 16; i++) {
            pcm[2 * i] = (byte) (i - 32_768);
            pcm[2 * i + 1] = (byte) ((i - 32_768) >> 8);
        }
        AudioInputStream in = new AudioInputStream(
                new ByteArrayInputStream(pcm), new AudioFormat(8_000, 16, 1, true, false), 1 << 16);
        AudioFormat.Encoding encoding = law == G711.MU_LAW ? AudioFormat.Encoding.ULAW : AudioFormat.Encoding.ALAW;
        return AudioSystem.getAudioInputStream(encoding, in).readAllBytes();
    }
}
