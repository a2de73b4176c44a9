// The sounds, as numbers, and how a burst becomes sound. The daemon has the same numbers
// (Burst.swift); a test compares the two. Times in milliseconds, tones in hundredths of a hertz, levels
// and partials in percent.

export const BURSTS = {
  high: {
    starts: [0, 250, 500, 1000, 1250, 2000, 2250, 2500, 3000, 3250],
    duration: 150, ramp: 30, tones: [52325], gap: 7000, level: 100,
  },
  medium: {
    starts: [0, 400, 800], duration: 200, ramp: 40, tones: [44000], gap: 10000, level: 80,
  },
  low: { starts: [0, 400], duration: 200, ramp: 40, tones: [39200], gap: 30000, level: 60 },
  // A page that has lost the server; no alarm of a patient sounds like it.
  linkLost: {
    starts: [0, 400, 800], duration: 200, ramp: 40, tones: [52325, 26163], gap: 10000, level: 80,
  },
  // Something is still paused or off.
  reminder: { starts: [0], duration: 200, ramp: 40, tones: [39200], gap: null, level: 60 },
};

/** The strength of the fundamental and its multiples. */
export const PARTIALS = [100, 70, 60, 50, 40, 30, 20];

/** From the start of the first pulse to the end of the last. */
export function length(burst) {
  return burst.starts.at(-1) + burst.duration;
}

/**
 * Lays a burst into an audio context, live or offline. Returns what ends when the burst does.
 *
 * @param {BaseAudioContext} context @param {number} at seconds on the context's own clock
 */
export function lay(context, burst, at) {
  const sum = PARTIALS.reduce((all, one) => all + one, 0);
  // So loud that all partials at once just fit.
  const loudness = burst.level / sum;
  const imaginary = Float32Array.from([0, ...PARTIALS.map((one) => one / 100)]);
  const wave = context.createPeriodicWave(
    new Float32Array(imaginary.length), imaginary, { disableNormalization: true });
  let last = null;
  burst.starts.forEach((start, number) => {
    const begin = at + start / 1000;
    const end = begin + burst.duration / 1000;
    const tone = context.createOscillator();
    const envelope = context.createGain();
    tone.setPeriodicWave(wave);
    tone.frequency.value = burst.tones[number % burst.tones.length] / 100;
    envelope.gain.setValueAtTime(0, begin);
    envelope.gain.linearRampToValueAtTime(loudness, begin + burst.ramp / 1000);
    envelope.gain.setValueAtTime(loudness, end - burst.ramp / 1000);
    envelope.gain.linearRampToValueAtTime(0, end);
    tone.connect(envelope).connect(context.destination);
    tone.start(begin);
    tone.stop(end);
    tone.addEventListener('ended', () => envelope.disconnect());
    last = tone;
  });
  return last;
}
