package org.speechemotion.audio;

/**
 * A file that was decoded.
 *
 * @param waveform mono, at the decoder's sample rate
 * @param source the format of the file
 */
public record DecodedAudio(Waveform waveform, SourceFormat source) {}
