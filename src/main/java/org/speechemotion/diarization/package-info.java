/** Finds the turns of the speakers of a channel by clustering the sound of their voices. Experimental. */
package org.speechemotion.diarization;
