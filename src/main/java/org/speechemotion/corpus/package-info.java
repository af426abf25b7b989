/** Reads the files of a corpus as labelled clips, and rejects unlabelled files with reasons. */
package org.speechemotion.corpus;
