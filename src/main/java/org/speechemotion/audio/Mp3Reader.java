package org.speechemotion.audio;

import java.io.IOException;
import java.util.Optional;
import org.speechemotion.common.RejectedException;

/**
 * Reads MPEG audio layer III with JLayer, which receives only complete frames. The silence that the encoder and the
 * decoder add is removed if the encoder wrote its length.
 */
final class Mp3Reader implements OwnReader {

    @Override
    public String container() {
        return "mp3";
    }

    @Override
    public boolean recognises(ByteInput input) throws IOException {
        int bits = input.fourAhead(0);
        Optional<Mp3Header> header = Mp3Header.of(bits);
        if (input.position() > 0) {
            // MP3 files begin with a tag.
            return header.isPresent() || Mp3Header.isAudio(bits) || input.remaining() == 0;
        }
        return header.isPresent() ? header.get().isFollowed(input, 1) : Mp3Header.isAudio(bits);
    }

    @Override
    public boolean recognisesBehindJunk(ByteInput input) throws IOException {
        Optional<Mp3Header> header = Mp3Header.of(input.fourAhead(0));
        return header.isPresent() && header.get().isFollowed(input, 2);
    }

    /** Returns the format of a file that begins with MPEG audio of another layer. */
    static Optional<ForeignFormat> otherLayer(ByteInput input) throws IOException {
        int bits = input.fourAhead(0);
        return Mp3Header.isAudio(bits) && Mp3Header.of(bits).isEmpty()
                ? Optional.of(ForeignFormat.of("mpeg", "MPEG audio of layer I or II, or of a free format", "mp3"))
                : Optional.empty();
    }

    @Override
    public void read(ByteInput input, SampleSink sink) throws IOException, RejectedException {
        readFrames(input, sink);
    }

    /** Decodes the frames up to the end of the input, in any container. */
    static void readFrames(ByteInput input, SampleSink sink) throws IOException, RejectedException {
        long start = input.position();
        int bits = input.fourAhead(0);
        if (Mp3Header.isAudio(bits) && Mp3Header.of(bits).isEmpty()) {
            throw RejectionReason.UNSUPPORTED.exception(
                    "the audio at byte " + start + " is MPEG layer I or II, or of a free format; allowed: layer III");
        }
        Mp3Frames frames = new Mp3Frames(input);
        if (!frames.nextPart()) {
            throw RejectionReason.UNREADABLE.exception(
                    "there is no whole frame of MPEG layer III from byte " + start + " to " + input.length());
        }
        do {
            decodePart(frames, sink);
        } while (frames.nextPart());
        frames.settle(sink);
    }

    private static void decodePart(Mp3Frames frames, SampleSink sink) throws IOException, RejectedException {
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
            // JLayer has stopped before these frames, but they count.
        }
        long audioFrames = info.present() ? frames.count() - 1 : frames.count();
        // Some encoders count the frame of the tag.
        if (info.frames() >= 0 && Math.abs(info.frames() - audioFrames) > 1) {
            sink.note("the header counts " + info.frames() + " MP3 frames, but there are " + audioFrames);
        }
        // The padding is at the end of the original file, so it is missing if frames are missing.
        long padding = info.frames() == audioFrames ? info.padding() : 0;
        tail.finish(Math.max(0, audioFrames * first.frames() - info.delay() - padding));
    }
}
