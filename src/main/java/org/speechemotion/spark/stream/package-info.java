/** Scoring of files as they arrive in a folder, by Structured Streaming. */
package org.speechemotion.spark.stream;
