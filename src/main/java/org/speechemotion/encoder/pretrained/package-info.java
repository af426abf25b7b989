/** The encoder of a Hugging Face folder: normalisation of the input, windows over long clips, and the frozen part. */
package org.speechemotion.encoder.pretrained;
