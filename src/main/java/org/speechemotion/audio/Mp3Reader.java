package org.speechemotion.audio;

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
    public boolean recognises(byte[] file) {
        int start = Id3.skip(file);
        return start > 0 || Mp3Header.isAudio(file, start);
    }

    @Override
    public void read(byte[] file, MonoSink sink) throws RejectedException {
        int start = Id3.skip(file);
        boolean otherLayer =
                Mp3Header.isAudio(file, start) && Mp3Header.at(file, start).isEmpty();
        if (otherLayer) {
            throw new RejectedException(
                    RejectionReason.UNSUPPORTED,
                    "the audio at byte " + start + " is MPEG layer I or II, or of a free format: must be layer III");
        }
        Mp3Frames frames = Mp3Frames.find(file, start)
                .orElseThrow(() -> new RejectedException(
                        RejectionReason.UNREADABLE,
                        "there is no whole frame of MPEG layer III from byte " + start + " to " + file.length));
        decode(frames, sink);
    }

    private static void decode(Mp3Frames frames, MonoSink sink) throws RejectedException {
        Mp3Info info = Mp3Info.read(frames);
        Mp3Header first = frames.first();
        int channels = first.channels();
        long audioFrames = info.present() ? frames.count() - 1 : frames.count();
        long remaining = Math.max(0, audioFrames * first.frames() - info.delay() - info.padding());
        sink.begin(first.sampleRate(), channels, remaining, 0);
        Mp3FrameDecoder decoder = new Mp3FrameDecoder(frames, info.present() ? first.frameBytes() : 0);
        int delay = info.delay();
        for (Optional<float[]> frame = decoder.next(); frame.isPresent() && remaining > 0; frame = decoder.next()) {
            float[] interleaved = frame.get();
            int skipped = Math.min(delay, first.frames());
            int count = (int) Math.min(remaining, first.frames() - skipped);
            System.arraycopy(interleaved, skipped * channels, interleaved, 0, count * channels);
            sink.accept(interleaved, count);
            delay -= skipped;
            remaining -= count;
        }
    }
}
