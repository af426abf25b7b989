/** Changes training waveforms and frames from keyed draws; validation, test and scoring never come near it. */
package org.speechemotion.augment;
