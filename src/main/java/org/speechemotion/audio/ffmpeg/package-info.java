/** Decodes audio by the program ffmpeg, in a process of its own with bounded memory and time. */
package org.speechemotion.audio.ffmpeg;
