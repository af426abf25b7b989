/** Stages for Spark ML's pipelines, with {@code Param}s for the settings. They use the same code as the jobs. */
package org.speechemotion.spark.ml;
