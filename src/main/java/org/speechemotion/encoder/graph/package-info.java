/** Speech transformers as SameDiff graphs, for the frozen part on any backend of ND4J and for the trained part. */
package org.speechemotion.encoder.graph;
