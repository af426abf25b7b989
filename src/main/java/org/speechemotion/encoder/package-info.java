/** Encoders: what turns a waveform into a sequence of feature frames, opened by name, starting with the weight-free log-mel encoder. */
package org.speechemotion.encoder;
