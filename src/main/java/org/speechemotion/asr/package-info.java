/**
 * Speech recognition without an engine: transcripts, the tokens of CTC models, greedy and beam search over their outputs, and
 * n-gram language models.
 */
package org.speechemotion.asr;
