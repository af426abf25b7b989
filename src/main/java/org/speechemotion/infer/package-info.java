/** From audio files to emotions, clips and long recordings, without an engine. */
package org.speechemotion.infer;
