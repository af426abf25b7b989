/** Encoders turn a waveform into a sequence of feature frames. They are opened by name; log-mel and prosody have no weights. */
package org.speechemotion.encoder;
