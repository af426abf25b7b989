/** Files of Hadoop file systems and of the archives in them: listing, reading, small files, locks. */
package org.speechemotion.spark.io;
