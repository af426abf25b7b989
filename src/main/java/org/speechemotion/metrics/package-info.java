/**
 * Measures of predictions: mergeable confusion matrices, their scores, confidence intervals over speakers, and
 * calibration.
 */
package org.speechemotion.metrics;
