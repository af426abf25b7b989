/** Turns clips into frames on executors: reading, decoding, augmenting and encoding. */
package org.speechemotion.spark.clips;
