/** Matrix products by BLAS in native memory, and functions over heap arrays as loops that the JIT vectorises. */
package org.speechemotion.math;
