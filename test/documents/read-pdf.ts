import { inflateSync } from 'node:zlib'

/**
 * Reads back what our documents print: page sizes and every run of text with its place and width. It knows just
 * the PDF that the documents write (fonts with a ToUnicode map, one matrix per text), and throws on anything else.
 */

export interface Run {
  text: string
  /** Points from the left edge. */
  x: number
  /** Points from the top edge to the base line. */
  baseline: number
  size: number
  width: number
  bold: boolean
}

export interface Page {
  width: number
  height: number
  runs: Run[]
  /** All text in the order it was printed, runs apart by line breaks. */
  text: string
}

export interface Pdf {
  pages: Page[]
  /** Pictures in the file. */
  images: number
  title: string
}

interface Font {
  bold: boolean
  characters: Map<number, string>
  widths: readonly number[]
}

interface Part {
  head: string
  stream: Buffer | null
}

function must<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`this PDF has no ${what}`)
  return value
}

function readParts(bytes: Uint8Array): Map<number, Part> {
  const file = Buffer.from(bytes)
  const text = file.toString('latin1')
  const parts = new Map<number, Part>()
  for (const match of text.matchAll(/^(\d+) 0 obj\n/gm)) {
    const start = match.index + match[0].length
    const streamAt = text.indexOf('stream\n', start)
    const endAt = text.indexOf('endobj', start)
    const number = Number(match[1])
    if (streamAt < 0 || streamAt > endAt) {
      parts.set(number, { head: text.slice(start, endAt), stream: null })
      continue
    }
    const head = text.slice(start, streamAt)
    const length = Number(must(/\/Length (\d+)/.exec(head), 'stream length')[1])
    const raw = file.subarray(streamAt + 7, streamAt + 7 + length)
    const isImage = head.includes('/Subtype /Image')
    parts.set(number, { head, stream: isImage || !head.includes('/FlateDecode') ? raw : inflateSync(raw) })
  }
  return parts
}

function reference(head: string, key: string): number {
  return Number(must(new RegExp(`/${key} \\[?(\\d+) 0 R`).exec(head), key)[1])
}

function readFont(parts: Map<number, Part>, number: number): Font {
  const { head } = must(parts.get(number), 'font')
  const map = must(parts.get(reference(head, 'ToUnicode'))?.stream, 'ToUnicode map').toString('latin1')
  const characters = new Map<number, string>()
  for (const range of map.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[(.*?)\]/g)) {
    const first = Number.parseInt(must(range[1], 'range'), 16)
    const texts = [...must(range[2], 'range').matchAll(/<([0-9a-f ]+)>/g)]
    texts.forEach((code, index) => {
      const units = (code[1] ?? '').replaceAll(' ', '').match(/.{4}/g) ?? []
      characters.set(first + index, String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))))
    })
  }
  const descendant = must(parts.get(reference(head, 'DescendantFonts')), 'descendant font').head
  const widths = must(/\/W \[0 \[([^\]]*)\]/.exec(descendant), 'widths')[1] ?? ''
  return { bold: head.includes('Bold'), characters, widths: widths.split(' ').map(Number) }
}

function readRuns(content: string, fonts: Map<string, Font>, height: number): Run[] {
  const runs: Run[] = []
  const shown = /1 0 0 1 (\S+) (\S+) Tm\n\/(F\d+) (\S+) Tf\n(?:\S+ T[cwz]\n)*\[(.*?)\] TJ/g
  for (const [, x, y, name, points, array] of content.matchAll(shown)) {
    const font = must(fonts.get(must(name, 'font name')), 'font')
    const size = Number(points)
    let text = ''
    let units = 0
    for (const piece of must(array, 'text').matchAll(/<([0-9a-f]*)>|(-?[\d.]+)/g)) {
      for (const code of piece[1]?.match(/.{4}/g) ?? []) {
        const glyph = Number.parseInt(code, 16)
        text += font.characters.get(glyph) ?? ''
        units += font.widths[glyph] ?? 0
      }
      units -= Number(piece[2] ?? 0)
    }
    runs.push({
      text,
      x: Number(x),
      baseline: height - Number(y),
      size,
      width: (units / 1000) * size,
      bold: font.bold,
    })
  }
  return runs
}

function readPage(parts: Map<number, Part>, head: string): Page {
  const box = must(/\/MediaBox \[0 0 (\S+) (\S+)\]/.exec(head), 'page size')
  const [width, height] = [Number(box[1]), Number(box[2])]
  const resources = must(parts.get(reference(head, 'Resources')), 'resources').head
  const fonts = new Map<string, Font>()
  for (const [, name, number] of resources.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    fonts.set(must(name, 'font name'), readFont(parts, Number(number)))
  }
  const content = must(parts.get(reference(head, 'Contents'))?.stream, 'page content').toString('latin1')
  const runs = readRuns(content, fonts, height).filter((run) => run.text.trim() !== '')
  return { width, height, runs, text: runs.map((run) => run.text).join('\n') }
}

/** `bytes` as pages of text; throws when it is not a PDF of the kind we write. */
export function readPdf(bytes: Uint8Array): Pdf {
  if (Buffer.from(bytes.subarray(0, 5)).toString('latin1') !== '%PDF-') throw new Error('this is not a PDF')
  const parts = readParts(bytes)
  const heads = [...parts.values()].map((part) => part.head)
  const kids = must(
    /\/Kids \[([^\]]*)\]/.exec(
      must(
        heads.find((head) => head.includes('/Type /Pages')),
        'pages',
      ),
    ),
    'kids',
  )
  const pages = [...(kids[1] ?? '').matchAll(/(\d+) 0 R/g)].map(([, number]) =>
    readPage(parts, must(parts.get(Number(number)), 'page').head),
  )
  const info = heads.find((head) => head.includes('/Producer')) ?? ''
  const title = parts.get(reference(info, 'Title'))?.head.trim() ?? ''
  return { pages, images: heads.filter((head) => head.includes('/Subtype /Image')).length, title }
}

/** `text` without blanks and line breaks, to find it whatever lines it was broken into. */
export function squeeze(text: string): string {
  return text.replace(/\s+/g, '')
}
