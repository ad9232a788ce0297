import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import pdfmake from 'pdfmake'
import type { Style, TDocumentDefinitions } from 'pdfmake/interfaces.js'

import type { Language } from '#contract/fields.ts'

import { wide } from './text.ts'

/**
 * The PDF library with the shop's two font weights. This module is loaded on first use only: the library and the
 * fonts cost a tenth of a second that the start of the host need not pay.
 */
export interface Engine {
  /** The finished file; only the glyphs in use are embedded. */
  render(definition: TDocumentDefinitions): Promise<Uint8Array>
  /** Height in points of the only page of a definition whose page height is Infinity, margins included. */
  heightOf(definition: TDocumentDefinitions): Promise<number>
  /** Measures text as `language` prints it. */
  rulerFor(language: Language): Ruler
}

/** Width in points of `text` on one line of `size`; never less than what is printed (kerning is left out). */
export type Ruler = (text: string, size: number, bold?: boolean) => number

const family = 'NotoSansSC'

/* The font draws ’ “ … · as wide as a Chinese character unless it is asked for the narrow forms. */
const narrowForms: Style['fontFeatures'] = ['pwid']

/** What text of `language` is set in; goes on the outermost node of its content. */
export function typefaceFor(language: Language): Style {
  return language === 'en' ? { fontFeatures: narrowForms } : {}
}

/* In this font they all fill their square, and so does the box of a missing one. Asking would cost 1 ms each. */
const square = new RegExp(`[${wide}]`, 'u')

/* The library asks this for every file it wants. Its own one needs __dirname, which a bundled module has not. */
interface WithFiles {
  virtualfs: { existsSync(name: string): boolean; readFileSync(name: string): Buffer | undefined }
}

/** Reads the fonts once from `fontsDir` (NotoSansSC-Regular.ttf, NotoSansSC-Bold.ttf). */
export async function createEngine(fontsDir: string): Promise<Engine> {
  const regularName = join(fontsDir, 'NotoSansSC-Regular.ttf')
  const boldName = join(fontsDir, 'NotoSansSC-Bold.ttf')
  const [regular, bold] = await Promise.all([readFile(regularName), readFile(boldName)])
  const files = new Map([
    [regularName, regular],
    [boldName, bold],
  ])
  const library = pdfmake as typeof pdfmake & WithFiles
  library.virtualfs = { existsSync: (name) => files.has(name), readFileSync: (name) => files.get(name) }
  pdfmake.setFonts({
    [family]: { normal: regularName, bold: boldName, italics: regularName, bolditalics: boldName },
  })
  // Documents are made of what the shop typed; nothing in them may reach the network or the disk.
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy(() => false)

  const withFont = (definition: TDocumentDefinitions): TDocumentDefinitions => ({
    ...definition,
    defaultStyle: { ...definition.defaultStyle, font: family },
  })
  const probe = await pdfmake.createPdf(withFont({ content: '' }), { fontLayoutCache: false }).getStream()
  probe.registerFont('regular', regular).registerFont('bold', bold)

  const makeRuler = (language: Language): Ruler => {
    const { fontFeatures: features } = typefaceFor(language)
    const widths = { regular: new Map<string, number>(), bold: new Map<string, number>() }
    const widthOfCharacter = (character: string, weight: 'regular' | 'bold'): number => {
      const known = widths[weight].get(character)
      if (known !== undefined) return known
      if (square.test(character)) return 1
      const width = probe
        .font(weight)
        .fontSize(1)
        .widthOfString(character, features ? { features } : {})
      widths[weight].set(character, width)
      return width
    }
    return (text, size, bold = false) => {
      let width = 0
      for (const character of text) width += widthOfCharacter(character, bold ? 'bold' : 'regular')
      return width * size
    }
  }
  const rulers: Record<Language, Ruler> = { 'zh-CN': makeRuler('zh-CN'), en: makeRuler('en') }

  return {
    async render(definition) {
      return new Uint8Array(await pdfmake.createPdf(withFont(definition)).getBuffer())
    },
    async heightOf(definition) {
      const stream = await pdfmake.createPdf(withFont(definition)).getStream()
      return stream.page.height
    },
    rulerFor: (language) => rulers[language],
  }
}
