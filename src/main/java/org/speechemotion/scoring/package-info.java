/** Recordings become emotions: clips, timelines of long recordings, and the plan of a bulk run. There is no Spark here. */
package org.speechemotion.scoring;
