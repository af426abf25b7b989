/** The forward pass of a frozen speech transformer on CPUs: BLAS for products, and loops that the JIT vectorises. */
package org.speechemotion.encoder.kernel;
