/** Writes timelines in the formats of other programs: subtitles, labels, annotations. */
package org.speechemotion.scoring.export;
