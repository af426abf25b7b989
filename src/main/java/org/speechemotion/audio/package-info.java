/** Turns the bytes of a WAV, FLAC or MP3 file into samples at one rate, whole or as a stream, or into the reason why not. */
package org.speechemotion.audio;
