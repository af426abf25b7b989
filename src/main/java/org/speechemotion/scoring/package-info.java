/** Scores recordings: single clips, and long recordings as timelines; plans bulk runs. It does not use Spark. */
package org.speechemotion.scoring;
