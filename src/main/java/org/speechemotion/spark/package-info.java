/** The engine: catalogs, parameter averaging and batch scoring on Apache Spark. */
package org.speechemotion.spark;
