/** Decodes WAV, FLAC and MP3 files to samples at one rate, whole or as a stream, or rejects them with a reason. */
package org.speechemotion.audio;
