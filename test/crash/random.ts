/** One seed chooses what seats do and when the power goes; what the system does in between nobody chooses. */
let drawn = 0

export function seedRandom(seed: number): void {
  drawn = seed
}

/** From 0 up to 1 (Mulberry32). */
export function random(): number {
  drawn = (drawn + 0x6d2b79f5) | 0
  let bits = Math.imul(drawn ^ (drawn >>> 15), 1 | drawn)
  bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
  return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
}

export function below(limit: number): number {
  return Math.floor(random() * limit)
}

export function pick<T>(list: readonly T[]): T | undefined {
  return list[below(list.length)]
}
