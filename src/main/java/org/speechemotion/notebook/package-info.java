/** HTML and SVG for notebooks: players, timelines, plots and tables, without any logic of their own. */
package org.speechemotion.notebook;
