/** Finds out who speaks when in a channel by clustering the sound of voices. Experimental. */
package org.speechemotion.diarization;
