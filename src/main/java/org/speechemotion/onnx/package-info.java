/** Writes graphs in the ONNX format. No engine and no library is needed. */
package org.speechemotion.onnx;
