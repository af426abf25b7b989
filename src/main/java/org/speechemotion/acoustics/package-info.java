/** Measures the acoustic properties of recordings, and compares them with those that a model was trained on. */
package org.speechemotion.acoustics;
