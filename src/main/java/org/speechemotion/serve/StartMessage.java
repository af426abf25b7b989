package org.speechemotion.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.speechemotion.audio.PcmFormat;
import org.speechemotion.live.Overload;

/**
 * The message that begins a live stream.
 *
 * @param overload the treatment of audio that arrives faster than it can be scored: live audio is skipped, other audio waits
 * @param separate whether channels are scored separately
 */
record StartMessage(PcmFormat format, Overload overload, boolean separate) {
    /** @throws IllegalArgumentException if a value is not allowed */
    static StartMessage of(JsonNode json) {
        return new StartMessage(
                new PcmFormat(
                        encoding(json.path("encoding").asText("s16le")),
                        json.path("sample_rate").asInt(),
                        json.path("channels").asInt(1)),
                json.path("live").asBoolean(false) ? Overload.SKIP : Overload.WAIT,
                json.path("separate").asBoolean(false));
    }

    private static PcmFormat.Encoding encoding(String name) {
        for (PcmFormat.Encoding encoding : PcmFormat.Encoding.values()) {
            if (encoding.name().toLowerCase(Locale.ROOT).equals(name)) {
                return encoding;
            }
        }
        throw new IllegalArgumentException("the encoding is none of u8, s16le, s24le, s32le, f32le, alaw, mulaw");
    }
}
