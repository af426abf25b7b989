package org.speechemotion.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import org.speechemotion.common.RejectedException;

/**
 * Reads the files of telephone systems that consist of samples only, in one channel. Only the extension of the file tells
 * their format.
 */
final class HeaderlessReader implements ContainerReader {

    private static final int BLOCK_FRAMES = 8192;

    private static final int TELEPHONE_RATE = 8000;

    /** The extensions; those of Asterisk's signed linear files have the sample rate in kHz. */
    private static final Map<String, HeaderlessReader> BY_EXTENSION = Map.ofEntries(
            Map.entry("ul", new HeaderlessReader("ulaw", SampleEncoding.MU_LAW, TELEPHONE_RATE)),
            Map.entry("ulaw", new HeaderlessReader("ulaw", SampleEncoding.MU_LAW, TELEPHONE_RATE)),
            Map.entry("mulaw", new HeaderlessReader("ulaw", SampleEncoding.MU_LAW, TELEPHONE_RATE)),
            Map.entry("pcmu", new HeaderlessReader("ulaw", SampleEncoding.MU_LAW, TELEPHONE_RATE)),
            Map.entry("al", new HeaderlessReader("alaw", SampleEncoding.A_LAW, TELEPHONE_RATE)),
            Map.entry("alaw", new HeaderlessReader("alaw", SampleEncoding.A_LAW, TELEPHONE_RATE)),
            Map.entry("pcma", new HeaderlessReader("alaw", SampleEncoding.A_LAW, TELEPHONE_RATE)),
            Map.entry("sln", new HeaderlessReader("sln", SampleEncoding.SIGNED_16, TELEPHONE_RATE)),
            Map.entry("sln12", new HeaderlessReader("sln", SampleEncoding.SIGNED_16, 12_000)),
            Map.entry("sln16", new HeaderlessReader("sln", SampleEncoding.SIGNED_16, 16_000)),
            Map.entry("sln24", new HeaderlessReader("sln", SampleEncoding.SIGNED_16, 24_000)),
            Map.entry("sln32", new HeaderlessReader("sln", SampleEncoding.SIGNED_16, 32_000)),
            Map.entry("sln44", new HeaderlessReader("sln", SampleEncoding.SIGNED_16, 44_100)),
            Map.entry("sln48", new HeaderlessReader("sln", SampleEncoding.SIGNED_16, 48_000)),
            Map.entry("sln96", new HeaderlessReader("sln", SampleEncoding.SIGNED_16, 96_000)),
            Map.entry("sln192", new HeaderlessReader("sln", SampleEncoding.SIGNED_16, 192_000)));

    private final String container;
    private final SampleEncoding encoding;
    private final int sampleRate;

    private HeaderlessReader(String container, SampleEncoding encoding, int sampleRate) {
        this.container = container;
        this.encoding = encoding;
        this.sampleRate = sampleRate;
    }

    /** Returns the reader of files with an extension in lower case. */
    static Optional<HeaderlessReader> of(String extension) {
        return Optional.ofNullable(BY_EXTENSION.get(extension));
    }

    @Override
    public String container() {
        return container;
    }

    @Override
    public void read(ByteInput input, SampleSink sink) throws IOException, RejectedException {
        long frames = input.remaining() / encoding.bytes();
        sink.begin(sampleRate, 1, frames, frames);
        byte[] bytes = new byte[BLOCK_FRAMES * encoding.bytes()];
        ByteBuffer encoded = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        float[] block = new float[BLOCK_FRAMES];
        for (long frame = 0; frame < frames; frame += BLOCK_FRAMES) {
            int count = (int) Math.min(BLOCK_FRAMES, frames - frame);
            input.read(bytes, count * encoding.bytes());
            encoding.decode(encoded, 0, block, count);
            sink.accept(block, count);
        }
        if (input.remaining() > 0) {
            sink.note("the file ends in the middle of a sample");
        }
    }
}
