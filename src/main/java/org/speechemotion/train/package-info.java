/** The training loop with its batches, checkpoints and run folder, independent of the engine. */
package org.speechemotion.train;
