/** Assigns whole speakers to the training, validation and test sides of a split. */
package org.speechemotion.split;
