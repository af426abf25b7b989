/** Scores audio while it arrives: the same windows, timelines and summaries as of a file, and events as soon as they are known. */
package org.speechemotion.live;
