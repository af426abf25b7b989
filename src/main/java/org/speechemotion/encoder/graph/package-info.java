/** Speech transformers as SameDiff graphs: the frozen forward on any ND4J backend, and what is trained above a cut. */
package org.speechemotion.encoder.graph;
