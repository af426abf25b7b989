/** What a run shows for itself: TensorBoard event files and pictures of confusion matrices. */
package org.speechemotion.report;
