package org.speechemotion.audio;

import java.io.IOException;
import java.util.Optional;

/**
 * Reads MPEG audio layer III with JLayer, which is given nothing but whole frames. The silence that the encoder and the
 * decoder add is cut off where the encoder wrote how long it is.
 */
final class Mp3Reader implements ContainerReader {

    @Override
    public String container() {
        return "mp3";
    }

    @Override
    public boolean recognises(ByteInput input) throws IOException {
        return input.position() > 0 || Mp3Header.isAudio(input.fourAhead(0));
    }

    @Override
    public void read(ByteInput input, SampleSink sink) throws IOException, RejectedException {
        long start = input.position();
        int bits = input.fourAhead(0);
        if (Mp3Header.isAudio(bits) && Mp3Header.of(bits).isEmpty()) {
            throw new RejectedException(
                    RejectionReason.UNSUPPORTED,
                    "the audio at byte " + start + " is MPEG layer I or II, or of a free format: must be layer III");
        }
        Mp3Frames frames = new Mp3Frames(input);
        if (!frames.next()) {
            throw new RejectedException(
                    RejectionReason.UNREADABLE,
                    "there is no whole frame of MPEG layer III from byte " + start + " to " + input.length());
        }
        decode(frames, sink);
    }

    private static void decode(Mp3Frames frames, SampleSink sink) throws IOException, RejectedException {
        Mp3Info info = Mp3Info.read(frames);
        Mp3Header first = frames.first();
        int channels = first.channels();
        sink.begin(first.sampleRate(), channels, 0, 0);
        Mp3FrameDecoder decoder = new Mp3FrameDecoder(frames, info.present());
        Mp3Tail tail = new Mp3Tail(info.padding(), channels, sink);
        int delay = info.delay();
        for (Optional<float[]> frame = decoder.next(); frame.isPresent(); frame = decoder.next()) {
            int skipped = Math.min(delay, first.frames());
            tail.accept(frame.get(), skipped, first.frames() - skipped);
            delay -= skipped;
        }
        while (frames.next()) {
            // JLayer has stopped before them, but they count.
        }
        long audioFrames = info.present() ? frames.count() - 1 : frames.count();
        // The padding is at the end of the file as it was written: it is gone if frames are.
        long padding = info.frames() == audioFrames ? info.padding() : 0;
        tail.finish(Math.max(0, audioFrames * first.frames() - info.delay() - padding));
    }
}
