/** Weights: tensors by name out of checkpoint files, which are hostile until they are parsed. */
package org.speechemotion.weights;
