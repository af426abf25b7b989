/** Makes a small corpus of emotional speech-like audio from nothing, so that everything can be tried without a download. */
package org.speechemotion.demo;
