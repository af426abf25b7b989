/** Figures described once, as marks on a canvas, and written as SVG, PDF or PNG. The package knows nothing of runs. */
package org.speechemotion.report.figure;
