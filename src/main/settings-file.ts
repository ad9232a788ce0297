import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Language } from '#contract/fields.ts'
import type { ComputerSettings, HostHome, PaperUse } from '#contract/shell.ts'
import { originOf } from './home.ts'

/** Where the window stood, in the system's points; `zoom` is Chromium's level, 0 for 100 %. */
export interface WindowPlace {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly maximized: boolean
}

export interface KeptSettings extends ComputerSettings {
  /** True once somebody said whose host this computer uses; until then the first start asks. */
  readonly chosen: boolean
  readonly language: Language | null
  readonly window: WindowPlace | null
  readonly zoom: number
}

export interface SettingsFile {
  get(): KeptSettings
  change(change: Partial<KeptSettings>): KeptSettings
}

const uses: readonly PaperUse[] = ['receipt_80', 'receipt_58', 'label', 'a5', 'a4']
const longestName = 500

/** This computer's settings in `file`. What cannot be read or is no value is as if it had never been set. */
export function openSettings(file: string): SettingsFile {
  let settings = readSettings(textOf(file))
  return {
    get: () => settings,
    change(change) {
      settings = readSettings(JSON.stringify({ ...settings, ...change }))
      mkdirSync(dirname(file), { recursive: true })
      // Written beside and moved over: a power cut leaves the old settings or the new ones.
      writeFileSync(`${file}.new`, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600, flush: true })
      renameSync(`${file}.new`, file)
      return settings
    },
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

type Loose = Readonly<Record<string, unknown>>

/** Settings from JSON text; every value that is missing or of the wrong kind takes its default. */
export function readSettings(text: string): KeptSettings {
  const kept = looseOf(parse(text))
  const updates = looseOf(kept['updates'])
  const named = textIn(updates['address'])
  const address = isUpdateAddress(named) ? named : ''
  return {
    chosen: kept['chosen'] === true,
    home: homeIn(looseOf(kept['home'])),
    printers: printersIn(looseOf(kept['printers'])),
    preview: kept['preview'] === true,
    keepInTray: kept['keepInTray'] === true,
    notifications: kept['notifications'] !== false,
    updates: { check: updates['check'] === true && address !== '', address },
    language: kept['language'] === 'zh-CN' || kept['language'] === 'en' ? kept['language'] : null,
    window: placeIn(looseOf(kept['window'])),
    zoom: Math.max(-3, Math.min(5, numberIn(kept['zoom']) ?? 0)),
  }
}

/** A new version is a program that will run here: it comes over a connection that says whose it is, or not at all. */
export function isUpdateAddress(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && url.protocol === 'https:' && url.username === '' && url.password === ''
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function looseOf(value: unknown): Loose {
  return typeof value === 'object' && value !== null ? (value as Loose) : {}
}

function textIn(value: unknown): string {
  return typeof value === 'string' && value.length <= longestName ? value.trim() : ''
}

function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

function homeIn(home: Loose): HostHome {
  const origin = home['kind'] === 'other' ? originOf(textIn(home['origin'])) : undefined
  if (origin === undefined) return { kind: 'own' }
  const certificate = home['certificate']
  return { kind: 'other', origin, certificate: typeof certificate === 'string' ? certificate : null }
}

function printersIn(printers: Loose): KeptSettings['printers'] {
  const named = uses.map((use) => [use, textIn(printers[use])] as const)
  return Object.fromEntries(named.filter(([, name]) => name !== ''))
}

function placeIn(place: Loose): WindowPlace | null {
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => numberIn(place[name]))
  if (x === undefined || y === undefined || width === undefined || height === undefined) return null
  return { x, y, width, height, maximized: place['maximized'] === true }
}
