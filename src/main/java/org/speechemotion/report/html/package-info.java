/** A run's page: one file of HTML and SVG that needs no network, no script and no other file. */
package org.speechemotion.report.html;
