// Passes the samples of the microphone on, about ten times a second: one Float32Array for each channel.
class Recorder extends AudioWorkletProcessor {
  constructor() {
    super();
    this.size = Math.floor(sampleRate / 10);
    this.filled = 0;
    this.blocks = [];
  }

  process(inputs) {
    const input = inputs[0];
    if (input.length > 0) {
      this.blocks.push(input.map((channel) => channel.slice()));
      this.filled += input[0].length;
    }
    if (this.filled >= this.size) {
      const channels = Math.max(...this.blocks.map((block) => block.length));
      const joined = Array.from({ length: channels }, () => new Float32Array(this.filled));
      let at = 0;
      for (const block of this.blocks) {
        // A microphone may change between one and two channels.
        joined.forEach((all, channel) => all.set(block[Math.min(channel, block.length - 1)], at));
        at += block[0].length;
      }
      this.port.postMessage(joined);
      this.blocks = [];
      this.filled = 0;
    }
    return true;
  }
}

registerProcessor('recorder', Recorder);
