/** Downloads the folder of an encoder from a model hub with the URL layout of Hugging Face, resumes and verifies it. */
package org.speechemotion.hub;
