/** Augments training waveforms and frames by keyed random draws; validation, test and scoring never use it. */
package org.speechemotion.augment;
