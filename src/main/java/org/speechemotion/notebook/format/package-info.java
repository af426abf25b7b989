/** Writes notebooks for Jupyter and for Zeppelin from one source in Markdown. */
package org.speechemotion.notebook.format;
