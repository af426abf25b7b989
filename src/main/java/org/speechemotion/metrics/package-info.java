/** How good predictions are: mergeable confusion counts, the scores they give, how sure those are over speakers, and calibration. */
package org.speechemotion.metrics;
