/** Self-supervised speech transformers (wav2vec 2.0, HuBERT, WavLM) as their Hugging Face folders describe them. */
package org.speechemotion.encoder.transformer;
