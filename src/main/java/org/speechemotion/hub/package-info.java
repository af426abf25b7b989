/** Brings an encoder's folder from a model hub that has Hugging Face's URL layout: resumable, checked, never half there. */
package org.speechemotion.hub;
