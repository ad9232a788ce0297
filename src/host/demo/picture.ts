import { writePng } from '../documents/png.ts'

/** A drawn "photo" of a device on the counter: real bytes, nobody's picture. `seed` varies colours and scratches. */
export function demoPhoto(seed: number): Buffer {
  const width = 480
  const height = 640
  const data = Buffer.alloc(width * height * 3)
  const hue = (seed * 67) % 360
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [r, g, b] = pixel(x / width, y / height, hue, seed)
      const at = (y * width + x) * 3
      data[at] = r
      data[at + 1] = g
      data[at + 2] = b
    }
  }
  return writePng({ width, height, channels: 3, data })
}

type Colour = [number, number, number]

function pixel(x: number, y: number, hue: number, seed: number): Colour {
  const inBody = x > 0.22 && x < 0.78 && y > 0.1 && y < 0.9
  const inScreen = x > 0.26 && x < 0.74 && y > 0.16 && y < 0.84
  // A crack runs from a corner in a broken line.
  const crack =
    Math.abs(y - 0.84 + (x - 0.26) * (0.7 + (seed % 5) / 8) + Math.sin(x * 40 + seed) * 0.012) < 0.004
  if (inScreen && crack) return [225, 228, 232]
  if (inScreen) return shade(hue, 0.16 + 0.1 * (1 - y))
  if (inBody) return shade(hue, 0.42)
  const grain = ((Math.sin(y * 90 + Math.sin(x * 11) * 3) + 1) / 2) * 14
  return [196 - grain, 176 - grain, 150 - grain]
}

function shade(hue: number, light: number): Colour {
  const part = (n: number) => {
    const k = (n + hue / 30) % 12
    return Math.round(
      255 * (light - 0.3 * Math.min(light, 1 - light) * Math.max(-1, Math.min(k - 3, 9 - k, 1))),
    )
  }
  return [part(0), part(8), part(4)]
}
