/** Runs the cells of notebooks in Scala's interpreter, by itself and as a kernel of Jupyter. */
package org.speechemotion.notebook.kernel;
