/** Speech emotion recognition on Apache Spark. */
package org.speechemotion;
