/** The frozen forward of a speech transformer on CPUs: BLAS for the products, plain loops that the JIT vectorises for the rest. */
package org.speechemotion.encoder.kernel;
