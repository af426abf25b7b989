/** From settings, which know no package, to the records that the packages take. */
package org.speechemotion.spark.bindings;
