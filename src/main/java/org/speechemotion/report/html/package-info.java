/** The page of a run, a single file of HTML and SVG without scripts and references to other files. */
package org.speechemotion.report.html;
