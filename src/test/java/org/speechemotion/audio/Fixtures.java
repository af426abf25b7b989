package org.speechemotion.audio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.speechemotion.audio.ffmpeg.FfmpegSettings;

/** The files of {@code src/test/resources/audio}, whose README says how they were made. */
final class Fixtures {

    private Fixtures() {}

    static byte[] bytes(String name) {
        try (InputStream stream = Fixtures.class.getResourceAsStream("/audio/" + name)) {
            if (stream == null) {
                throw new IllegalArgumentException("no fixture " + name);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The samples of a headerless file of little-endian 32-bit floating point. */
    static float[] floats(String name) {
        ByteBuffer bytes = ByteBuffer.wrap(bytes(name)).order(ByteOrder.LITTLE_ENDIAN);
        float[] samples = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(samples);
        return samples;
    }

    /** Returns the end of a file's ID3 tags. */
    static int behindTags(byte[] file) {
        try {
            ByteInput input = new ByteInput(new ByteArrayInputStream(file), file.length);
            Tags.skipAll(input);
            return (int) input.position();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A decoder that leaves the sample rate alone and takes clips however short. */
    static AudioDecoder unlimited(int sampleRate) {
        return new AudioDecoder(limits(sampleRate));
    }

    /** The same without ffmpeg. */
    static AudioDecoder withoutFfmpeg(int sampleRate) {
        FfmpegSettings none = new FfmpegSettings(FfmpegSettings.NONE, 1, 1L << 30, 0);
        return new AudioDecoder(limits(sampleRate).with(none));
    }

    private static AudioSettings limits(int sampleRate) {
        return new AudioSettings(sampleRate, 0, 600, 1 << 20);
    }
}
