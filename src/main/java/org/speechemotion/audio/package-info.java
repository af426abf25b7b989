/** Turns the bytes of a WAV, FLAC or MP3 file into mono samples at one rate, or into the reason why it cannot. */
package org.speechemotion.audio;
