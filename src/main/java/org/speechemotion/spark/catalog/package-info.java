/** The catalog: every file of the corpora, decoded and measured, or rejected with its reason. */
package org.speechemotion.spark.catalog;
