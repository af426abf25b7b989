/** A speech transformer as an ONNX graph, and the engine that runs it by ONNX Runtime. */
package org.speechemotion.encoder.onnx;
