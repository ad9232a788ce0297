/** Sounds for hands that are busy and eyes that are on the labels: a tick for each that counts, a shout for one that does not. */

let context: AudioContext | undefined

function tone(hertz: number, fromSeconds: number, lengthSeconds: number, loudness: number): void {
  if (!context) return
  const oscillator = context.createOscillator()
  const gain = context.createGain()
  const begin = context.currentTime + fromSeconds
  oscillator.type = 'square'
  oscillator.frequency.value = hertz
  gain.gain.setValueAtTime(loudness, begin)
  gain.gain.exponentialRampToValueAtTime(0.001, begin + lengthSeconds)
  oscillator.connect(gain).connect(context.destination)
  oscillator.start(begin)
  oscillator.stop(begin + lengthSeconds)
}

/** `tick`: counted; `again`: was counted already; `unknown`: no such repair. A seat without sound stays silent. */
export function scanSound(kind: 'tick' | 'again' | 'unknown'): void {
  try {
    context ??= new AudioContext()
    void context.resume()
    if (kind === 'tick') tone(1760, 0, 0.08, 0.08)
    else if (kind === 'again') tone(880, 0, 0.08, 0.06)
    else for (const at of [0, 0.18, 0.36]) tone(220, at, 0.14, 0.25)
  } catch {
    // What was read also stands on the screen.
  }
}
