/** Assigns whole speakers to training, validation and test, so that no speaker is ever on two sides. */
package org.speechemotion.split;
