/** Feature stores: frames that are computed once, written as Parquet, and read at random. */
package org.speechemotion.spark.features;
