import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ORPCError } from '@orpc/client'
import { expect } from 'vitest'
import type { ErrorCode, ErrorData, ErrorParams } from '#contract/errors.ts'
import type { Seat } from '../kit/host.ts'
import { look } from '../imports/kit.ts'

/** What a person is told: the code as a whole, and each wrong field. */
export interface Told {
  readonly status: number
  readonly code: string
  readonly params: ErrorParams
  readonly fields: ErrorData['fields']
}

/** One sentence about the shop: what somebody does, and what they are told. */
export interface Refused<Stage> {
  readonly what: string
  readonly act: (stage: Stage) => Promise<unknown>
  /** The code of the whole; `input.invalid` when a path is named. */
  readonly code: ErrorCode
  readonly path?: string
  readonly status?: number
  readonly params?: ErrorParams
}

const methodsAt = (url: string, path: string): URL => new URL(path, url)

/** A request as any program might send it: the body is text, however broken. Throws what the host refuses. */
export async function send(
  url: string,
  path: string,
  body: string | Uint8Array<ArrayBuffer> | undefined,
  options: { seat?: Seat; method?: string; type?: string } = {},
): Promise<unknown> {
  const { seat, method = 'POST', type = 'application/json' } = options
  const cookie = (seat?.cookies() ?? []).map(({ name, value }) => `${name}=${value}`).join('; ')
  const headers = { ...(body === undefined ? {} : { 'content-type': type }), ...(cookie ? { cookie } : {}) }
  const response = await fetch(methodsAt(url, path), { method, headers, body: body ?? null })
  const answer = (await response.json()) as { json?: unknown }
  const content = path.startsWith('/rpc/') ? answer.json : answer
  if (response.ok) return content
  const { code, data } = content as { code: string; data: ErrorData }
  throw new ORPCError(code, { status: response.status, data, defined: true })
}

/** Calls a method with an input of any shape. */
export function call(url: string, seat: Seat | undefined, method: string, input: unknown): Promise<unknown> {
  const path = `/rpc/${method.replace('.', '/')}`
  return send(url, path, JSON.stringify({ json: input }), seat ? { seat } : {})
}

/** What somebody was told; fails when they were not refused, or not in the words of the contract. */
export async function toldBy(act: Promise<unknown>): Promise<Told> {
  const answer: unknown = await act.then(
    (value: unknown) => ({ value }),
    (error: unknown) => error,
  )
  if (!(answer instanceof ORPCError)) {
    throw new Error(`this should have been refused: ${JSON.stringify(answer)}`, { cause: answer })
  }
  const data = answer.data as ErrorData
  expect(data.code).toBe(answer.code)
  return { status: answer.status, code: answer.code, params: data.params, fields: data.fields }
}

/** The same value with the one at a dotted path replaced or added. */
export function withValue<T extends object>(input: T, path: string, value: unknown): T {
  const copy = structuredClone(input)
  const keys = path.split('.')
  let holder = copy as Record<string, unknown>
  for (const key of keys.slice(0, -1)) holder = holder[key] as Record<string, unknown>
  holder[keys.at(-1) ?? ''] = value
  return copy
}

// A refusal is on record, and a seat was seen: neither is a change of the shop.
const ownRecord = new Set(['audit_log', 'sessions', 'seats'])

/** Everything the shop has: how many rows each table holds and what is in them, each file, each act done. */
export function stateOf(data: string, without: readonly string[] = []): Record<string, string> {
  const state = look(data, (file) => {
    const tables = file
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .pluck()
      .all() as string[]
    const kept = tables.filter((name) => !ownRecord.has(name) && !without.includes(name))
    const done = file.prepare("SELECT count(*) FROM audit_log WHERE result = 'ok'").pluck().get()
    const rows = kept.map((name) => [name, summary(file.prepare(`SELECT * FROM "${name}"`).raw().all())])
    return Object.fromEntries([['acts', String(done)], ...rows]) as Record<string, string>
  })
  for (const folder of ['attachments', 'imports']) {
    const files = readdirSync(join(data, folder), { recursive: true, encoding: 'utf8' })
    state[folder] = files
      .filter((name) => statSync(join(data, folder, name)).isFile())
      .toSorted()
      .join(' ')
  }
  return state
}

function summary(rows: readonly unknown[]): string {
  const hash = createHash('sha256')
  for (const row of rows) {
    hash.update(
      JSON.stringify(row, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)),
    )
  }
  return `${rows.length} rows, ${hash.digest('base64url').slice(0, 12)}`
}

type Tree = { readonly [key: string]: string | Tree }
const locales = (['zh-CN', 'en'] as const).map((language) => {
  const path = join(import.meta.dirname, '../../src/renderer/src/locales', language, 'errors.json')
  return [language, JSON.parse(readFileSync(path, 'utf8')) as Tree] as const
})

function textAt(tree: Tree, code: string): string | undefined {
  const found = code.split('.').reduce<string | Tree | undefined>((node, key) => {
    return typeof node === 'object' ? node[key] : undefined
  }, tree)
  return typeof found === 'string' ? found : undefined
}

/** Both languages have words for it, and every value those words leave open has come with it. */
export function expectWords(code: string, params: ErrorParams = {}): void {
  for (const [language, tree] of locales) {
    const text = textAt(tree, code)
    expect(text, `${code} in ${language}`).toMatch(/\p{L}/u)
    // "At least" and "at most" have sentences of their own for a bound that stands alone.
    if (code === 'field.out_of_range') continue
    const open = [...(text ?? '').matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    expect(Object.keys(params), `values of ${code} in ${language}`).toEqual(expect.arrayContaining(open))
  }
}

/** The row comes true: exactly this is said, in both languages, and the shop is as it was. */
export async function expectRefused<S>(row: Refused<S>, stage: S, data: string): Promise<void> {
  const before = stateOf(data)
  const told = await toldBy(row.act(stage))
  expect(stateOf(data)).toEqual(before)
  if (row.path === undefined) {
    expect(told).toMatchObject({ code: row.code, fields: [], ...(row.params ? { params: row.params } : {}) })
  } else {
    expect(told.code).toBe('input.invalid')
    expect(told.fields).toEqual([
      {
        path: row.path,
        code: row.code,
        ...(row.params
          ? { params: expect.objectContaining(row.params) as ErrorParams }
          : optionalParams(told)),
      },
    ])
  }
  if (row.status !== undefined) expect(told.status).toBe(row.status)
  expectWords(told.code, told.params)
  for (const { code, params } of told.fields) expectWords(code, params)
}

function optionalParams(told: Told): object {
  const [first] = told.fields
  return first?.params === undefined ? {} : { params: first.params }
}
