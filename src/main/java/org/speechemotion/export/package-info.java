/** Writes a trained model as one ONNX file, which needs nothing of this project. */
package org.speechemotion.export;
