/** Stages for Spark ML's pipelines: adapters of what the jobs use too, with {@code Param}s for the settings. */
package org.speechemotion.spark.ml;
