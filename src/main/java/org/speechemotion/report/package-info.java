/** The reports of runs: metrics, tables, plots, comparisons, provenance and TensorBoard event files. */
package org.speechemotion.report;
