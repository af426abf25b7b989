/** From audio files to emotions, without an engine. */
package org.speechemotion.infer;
