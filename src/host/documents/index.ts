import type { TDocumentDefinitions } from 'pdfmake/interfaces.js'

import type { Engine } from './engine.ts'
import type { PaperKind } from '#contract/documents.ts'
import type { PaperData, SampleShop } from './papers/types.ts'
import type { AccessoryLabelsData, DeviceLabelData, IntakeSheetData } from './types.ts'

export type * from './papers/types.ts'
export type * from './types.ts'

/** Data of one repair, or of several: several give one file with a page (or pages) for each. */
export type OneOrMany<T> = T | readonly T[]

/** The printed documents. Data in, PDF bytes out; nothing is read but the fonts. */
export interface Documents {
  /** A4 landscape: the shop's and the customer's copy with a cut line; always one page per repair. */
  renderIntakeSheetA4(data: OneOrMany<IntakeSheetData>): Promise<Uint8Array>
  /** 80 mm roll; each page is as high as its content, with fault and terms whole; a field ends after 12 lines. */
  renderIntakeSheet80mm(data: OneOrMany<IntakeSheetData>): Promise<Uint8Array>
  /** 50 × 30 mm, one per repair. */
  renderDeviceLabel(data: OneOrMany<DeviceLabelData>): Promise<Uint8Array>
  /** 50 × 30 mm, one per accessory; null when there is none (`document.nothing_to_print`). */
  renderAccessoryLabels(data: OneOrMany<AccessoryLabelsData>): Promise<Uint8Array | null>
  /** Quote, job card, reports, loaner agreement, invoice, receipt, statement or Z-report in the size of `data`. */
  renderPaper(data: PaperData): Promise<Uint8Array>
  /** A made-up paper of `kind`, to be rendered. */
  samplePaper(kind: PaperKind, shop: SampleShop): Promise<PaperData>
}

const loadRenderer = async () => (await import('./render.ts')).renderer
type Renderer = Awaited<ReturnType<typeof loadRenderer>>
type Printed = Pick<DeviceLabelData, 'language'> & {
  repair: Pick<DeviceLabelData['repair'], 'number' | 'receivedAt'>
}
type Layout<T> = (
  make: Renderer,
  engine: Engine,
  list: readonly T[],
) => TDocumentDefinitions | Promise<TDocumentDefinitions>

function many<T extends object>(data: OneOrMany<T>): readonly T[] {
  return Array.isArray(data) ? data : [data as T]
}

/**
 * The documents with the fonts of `fontsDir` (NotoSansSC-Regular.ttf and -Bold.ttf). Costs nothing until the first
 * document is asked for; the first one then waits for the libraries and fonts (about 0.5 s), later ones do not.
 */
export function createDocuments(options: { fontsDir: string }): Documents {
  let started: Promise<{ make: Renderer; engine: Engine }> | undefined
  const start = async () => {
    const make = await loadRenderer()
    return { make, engine: await make.createEngine(options.fontsDir) }
  }
  const ready = () => {
    started ??= start().catch((error: unknown) => {
      // A font that could not be read once (a share that was not mounted yet) may be there at the next try.
      started = undefined
      throw error
    })
    return started
  }
  /** Lays out `list`, which is not empty, and gives the finished file. */
  const print = async <T extends Printed>(list: readonly T[], lay: Layout<T>): Promise<Uint8Array> => {
    const [first] = list
    if (!first) throw new RangeError('no repair to print')
    const { make, engine } = await ready()
    return engine.render({
      ...(await lay(make, engine, list)),
      language: first.language,
      info: {
        title: list.map((data) => data.repair.number).join(', '),
        creator: 'Benchside',
        producer: 'Benchside',
        // The library would take the present time; this way the same repair always prints the same bytes.
        creationDate: new Date(first.repair.receivedAt),
      },
    })
  }

  return {
    renderIntakeSheetA4: (data) =>
      print(many(data), (make, engine, list) => make.layA4(engine, list.map(make.composeSheet))),
    renderIntakeSheet80mm: (data) =>
      print(many(data), (make, engine, list) => make.layRoll(engine, list.map(make.composeSheet))),
    renderDeviceLabel: (data) =>
      print(many(data), (make, engine, list) => make.layDeviceLabels(engine, list)),
    async renderAccessoryLabels(data) {
      const list = many(data).filter((repair) => repair.accessories.length > 0)
      if (list.length === 0) return null
      return print(list, (make, engine, repairs) => make.layAccessoryLabels(engine, repairs))
    },
    async samplePaper(kind, shop) {
      return (await loadRenderer()).samplePaper(kind, shop)
    },
    async renderPaper(data) {
      const { make, engine } = await ready()
      const { definition, title, at } = make.layPaper(engine, data)
      return engine.render({
        ...definition,
        language: data.language,
        info: { title, creator: 'Benchside', producer: 'Benchside', creationDate: new Date(at) },
      })
    },
  }
}
