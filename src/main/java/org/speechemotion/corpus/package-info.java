/** Turns the files of a corpus into labelled clips, and what cannot be labelled into rejections with their reasons. */
package org.speechemotion.corpus;
