/** Speech recognisers from Hugging Face folders of CTC models: Wav2Vec2ForCTC, HubertForCTC and WavLMForCTC. */
package org.speechemotion.asr.pretrained;
