/** Bulk scoring into a table, in which each input has exactly one row. */
package org.speechemotion.spark.scoring;
