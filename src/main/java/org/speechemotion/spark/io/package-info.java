/** Lists and reads files of Hadoop file systems and of archives in them; reads small files; locks tables for one writer. */
package org.speechemotion.spark.io;
