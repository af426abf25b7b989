/** Reads tensors by name from safetensors and PyTorch files, which are not trusted. */
package org.speechemotion.weights;
