/** How good predictions are: mergeable confusion counts, the scores they give, and how sure those are over speakers. */
package org.speechemotion.metrics;
