/** Short tones for scanning: a bench is loud, and nobody looks at the screen while scanning a shelf. */
let context: AudioContext | undefined

function tone(frequency: number, startSeconds: number, lengthSeconds: number, loudness: number): void {
  try {
    context ??= new AudioContext()
    const start = context.currentTime + startSeconds
    const oscillator = context.createOscillator()
    const gain = context.createGain()
    oscillator.frequency.value = frequency
    gain.gain.setValueAtTime(loudness, start)
    gain.gain.exponentialRampToValueAtTime(0.001, start + lengthSeconds)
    oscillator.connect(gain).connect(context.destination)
    oscillator.start(start)
    oscillator.stop(start + lengthSeconds)
  } catch {
    // A seat without sound still shows what happened.
  }
}

export function soundFound(): void {
  tone(1320, 0, 0.08, 0.15)
}

export function soundUnknown(): void {
  tone(220, 0, 0.25, 0.4)
  tone(180, 0.3, 0.4, 0.4)
}
