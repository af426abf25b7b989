/** Binds settings to the records that the packages take. */
package org.speechemotion.spark.bindings;
