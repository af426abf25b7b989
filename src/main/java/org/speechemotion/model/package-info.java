/** The trainable graph of DL4J layers, and the model bundle: saved, loaded, verified. */
package org.speechemotion.model;
