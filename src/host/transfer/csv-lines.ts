import type { TransferCell } from '#core/db/transfer.ts'

/**
 * Reads the CSV of an export, and nothing but it: what stands in quotes is a text, what does not is a number or
 * nothing at all. That distinction, which says NULL from an empty text, readers of foreign files do not make.
 */
export interface CsvLines {
  /** The rows that end in this piece, each read when it is asked for: whoever keeps none holds none. */
  take(piece: string): Generator<TransferCell[], void, undefined>
  /** Whether everything taken so far was whole rows. */
  readonly ended: boolean
}

/** A row ends at CR LF. Anything that an export cannot hold ends with `undefined` from `readCell`. */
export function csvLines(): CsvLines {
  let rest = ''
  return {
    *take(piece) {
      const text = rest + piece
      let at = 0
      for (let row = readRow(text, at); row; row = readRow(text, at)) {
        at = row.next
        yield row.cells
      }
      rest = text.slice(at)
    },
    get ended() {
      return rest === ''
    },
  }
}

/** The row that begins at `from`; undefined when it does not end in this text. */
function readRow(text: string, from: number): { cells: TransferCell[]; next: number } | undefined {
  const cells: TransferCell[] = []
  for (let at = from; ;) {
    const cell = readCell(text, at)
    if (!cell) return undefined
    cells.push(cell)
    const after = text.charCodeAt(cell.next)
    if (after === comma) at = cell.next + 1
    else if (after === carriageReturn && text.charCodeAt(cell.next + 1) === lineFeed)
      return { cells, next: cell.next + 2 }
    else return undefined
  }
}

const comma = 44
const quote = 34
const carriageReturn = 13
const lineFeed = 10

function readCell(text: string, at: number): (TransferCell & { next: number }) | undefined {
  if (text.charCodeAt(at) !== quote) {
    let next = at
    for (let code = text.charCodeAt(next); code !== comma && code !== carriageReturn;) {
      if (next >= text.length) return undefined
      code = text.charCodeAt(++next)
    }
    return { quoted: false, text: text.slice(at, next), next }
  }
  let doubled = false
  for (let end = at + 1; ; end += 2) {
    end = text.indexOf('"', end)
    if (end < 0) return undefined
    if (text.charCodeAt(end + 1) === quote) {
      doubled = true
      continue
    }
    // The last character at hand may be half of a doubled quote: only what follows tells.
    if (end + 1 >= text.length) return undefined
    const inner = text.slice(at + 1, end)
    return { quoted: true, text: doubled ? inner.replaceAll('""', '"') : inner, next: end + 1 }
  }
}
