/** HTML and SVG for notebooks: players, timelines, plots and tables, without any logic. */
package org.speechemotion.notebook;
