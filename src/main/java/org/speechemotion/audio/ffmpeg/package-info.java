/** Decodes audio by the program ffmpeg, in a separate process with bounded memory and time. */
package org.speechemotion.audio.ffmpeg;
