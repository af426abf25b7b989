/** The trainable network of DL4J layers, and the bundle that stores and verifies a model. */
package org.speechemotion.model;
