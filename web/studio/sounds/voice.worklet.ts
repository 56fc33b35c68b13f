/** Hands on what the microphone hears, with the moment of the first sample in the context's own time. */
declare const currentTime: number;
declare const registerProcessor: (name: string, processor: unknown) => void;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
export type HeardSamples = { atS: number; samples: Float32Array };

/** A quarter of a second at 48 kHz: as often as a take is written. */
const pieceLength = 12_000;

class Ear extends AudioWorkletProcessor {
  piece = new Float32Array(pieceLength);
  filled = 0;
  atS = 0;

  constructor() {
    super();
    this.port.onmessage = () => {
      this.give();
      this.port.postMessage(null);
    };
  }
  process([input]: Float32Array[][]): boolean {
    const heard = input?.[0];
    if (!heard) return true;
    if (this.filled + heard.length > pieceLength) this.give();
    if (this.filled === 0) this.atS = currentTime;
    this.piece.set(heard, this.filled);
    this.filled += heard.length;
    return true;
  }
  give(): void {
    if (this.filled === 0) return;
    const samples = this.piece.slice(0, this.filled);
    this.filled = 0;
    this.port.postMessage({ atS: this.atS, samples } satisfies HeardSamples, [samples.buffer]);
  }
}
registerProcessor('ear', Ear);
