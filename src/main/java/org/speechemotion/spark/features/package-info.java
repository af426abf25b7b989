/** Feature stores: frames that are computed once, written as Parquet, and read by random access. */
package org.speechemotion.spark.features;
