/** The training loop, its batches, its checkpoints and its run folder, without an engine. */
package org.speechemotion.train;
