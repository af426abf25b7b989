/** Synthesises a small corpus of speech-like emotional audio, so that everything can be tried without a download. */
package org.speechemotion.demo;
