package org.speechemotion.audio;

import java.io.IOException;
import org.speechemotion.common.RejectedException;

/**
 * Reads WAV (Microsoft's <em>Multimedia Programming Interface and Data Specifications 1.0</em>), its big-endian form
 * RIFX, and the forms for large files, RF64 (EBU Tech 3306) and BW64 (ITU-R BS.2088). Of a truncated file, all complete
 * frames are decoded.
 */
final class WavReader implements OwnReader {

    @Override
    public String container() {
        return "wav";
    }

    @Override
    public boolean recognises(ByteInput input) throws IOException {
        return WavChunks.isHeader(input);
    }

    @Override
    public void read(ByteInput input, SampleSink sink) throws IOException, RejectedException {
        new WavChunks(input, sink).read();
    }
}
