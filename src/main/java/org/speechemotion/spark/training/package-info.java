/** Training by parameter averaging, evaluation and cross-validation on a cluster. */
package org.speechemotion.spark.training;
