/** The encoder that a Hugging Face folder makes: input normalisation, windows over long clips, and a frozen forward. */
package org.speechemotion.encoder.pretrained;
