import type { Part, PartRef, PlaceKind } from '#contract/stock-model.ts'
import type { z } from 'zod'
import type { partBalance } from '#contract/stock-model.ts'
import { sqlStatement, type ReadDb } from '../db/handles.ts'

/** The catalogue with what lies on the shelves, as screens show it. */

type Flag = 'serialised' | 'returnable' | 'active'
type RawPart = Omit<Part, Flag | 'label' | 'available'> & Record<Flag, number>

function partView(raw: unknown): Part {
  const row = raw as RawPart
  return {
    ...row,
    serialised: row.serialised === 1,
    returnable: row.returnable === 1,
    active: row.active === 1,
    label: { zh: row.zh || row.en, en: row.en || row.zh },
    available: row.onHand - row.reserved,
  }
}

const columns = `p.id, p.uid, p.version, p.number, p.name_zh AS zh, p.name_en AS en, p.barcode, p.models, p.unit,
  p.serialised, p.returnable, p.cost_minor AS costMinor, p.price_minor AS priceMinor, p.tax_code_id AS taxCodeId,
  p.warranty_months AS warrantyMonths, p.minimum, p.maximum, p.bin_id AS binId, p.supersedes_id AS supersedesId,
  p.active, home.name AS binName, coalesce(s.on_hand, 0) AS onHand, coalesce(s.reserved, 0) AS reserved`
/** What lies on the shelves, by part; `lowest` tells of one shelf below nothing beside another with plenty. */
const shelves = `(SELECT b.part_id, sum(b.on_hand) AS on_hand, sum(b.reserved) AS reserved,
    min(min(b.on_hand, b.on_hand - b.reserved)) AS lowest
  FROM (SELECT b.part_id, b.on_hand, b.reserved FROM stock_balances b JOIN places pl ON pl.id = b.place_id
        WHERE pl.kind = 'bin') b GROUP BY b.part_id)`
const ofOne = `(SELECT b.part_id, sum(b.on_hand) AS on_hand, sum(b.reserved) AS reserved
  FROM stock_balances b JOIN places pl ON pl.id = b.place_id WHERE pl.kind = 'bin' AND b.part_id = @id)`
const home = 'LEFT JOIN places home ON home.id = p.bin_id'

export function partViewById(db: ReadDb, id: number): Part | undefined {
  const text = `SELECT ${columns} FROM parts p LEFT JOIN ${ofOne} s ON s.part_id = p.id ${home} WHERE p.id = @id`
  const row = sqlStatement(db, text).get({ id })
  return row === undefined ? undefined : partView(row)
}

export function partIdByUid(db: ReadDb, uid: string): number | undefined {
  return sqlStatement(db, 'SELECT id FROM parts WHERE uid = ?').pluck().get(uid) as number | undefined
}

/** Conditions of the list's filters; `low` is what has to be bought: less is free than the minimum. */
const filters = {
  all: '',
  low: 'AND p.minimum > coalesce(s.on_hand, 0) - coalesce(s.reserved, 0)',
  reserved: 'AND s.reserved > 0',
  negative: 'AND s.lowest < 0',
} as const

export interface PartQuestion {
  /** All of them are in what the part is found by. */
  readonly pieces: readonly string[]
  readonly only: keyof typeof filters
  readonly includeInactive: boolean
  readonly afterId: number | undefined
  readonly limit: number
}

/** Parts by number, in pages by key. */
export function partPage(db: ReadDb, asked: PartQuestion): Part[] {
  const words = asked.pieces.map((_, index) => `AND instr(p.search_text, @w${index}) > 0`).join(' ')
  const text = `SELECT ${columns} FROM parts p LEFT JOIN ${shelves} s ON s.part_id = p.id ${home}
    WHERE (p.active = 1 OR @inactive = 1) AND p.number_key > coalesce((SELECT number_key FROM parts WHERE id = @after), '')
      ${words} ${filters[asked.only]}
    ORDER BY p.number_key LIMIT @limit`
  const given = Object.fromEntries(asked.pieces.map((piece, index) => [`w${index}`, piece]))
  return sqlStatement(db, text)
    .all({
      ...given,
      inactive: Number(asked.includeInactive),
      after: asked.afterId ?? 0,
      limit: asked.limit,
    })
    .map(partView)
}

/** Where a part lies, the shelves first; what only ever went out of a place (a supplier) is no stock. */
export function balancesOf(db: ReadDb, partId: number): z.output<typeof partBalance>[] {
  const text = `SELECT b.place_id AS placeId, pl.name AS placeName, pl.kind, b.on_hand AS onHand, b.reserved
    FROM stock_balances b JOIN places pl ON pl.id = b.place_id
    WHERE b.part_id = ? AND pl.kind NOT IN ('supplier', 'difference') AND (b.on_hand <> 0 OR b.reserved <> 0)
    ORDER BY pl.kind = 'bin' DESC, pl.name`
  return sqlStatement(db, text).all(partId) as z.output<typeof partBalance>[]
}

const mostSerials = 1000

/** Where each piece is; those on shelves first. */
export function serialsOf(
  db: ReadDb,
  partId: number,
): { serial: string; placeName: string; kind: PlaceKind }[] {
  const text = `SELECT s.serial, pl.name AS placeName, pl.kind FROM part_serials s
    JOIN places pl ON pl.id = s.place_id WHERE s.part_id = ?
    ORDER BY pl.kind = 'bin' DESC, pl.kind = 'bench' DESC, s.serial_key LIMIT ${mostSerials}`
  return sqlStatement(db, text).all(partId) as { serial: string; placeName: string; kind: PlaceKind }[]
}

/** The part another took the place of, and those that took the place of it, by number. */
export function replacementsOf(
  db: ReadDb,
  partId: number,
): { supersedes: PartRef | null; supersededBy: PartRef[] } {
  const text = `SELECT o.id, o.uid, o.number, o.name_zh AS zh, o.name_en AS en, o.supersedes_id IS @id AS newer
    FROM parts o WHERE o.supersedes_id = @id OR o.id = (SELECT supersedes_id FROM parts WHERE id = @id)
    ORDER BY o.number_key LIMIT 50`
  const rows = sqlStatement(db, text).all({ id: partId }) as (Omit<PartRef, 'label'> & {
    zh: string
    en: string
    newer: number
  })[]
  const refOf = ({ id, uid, number, zh, en }: (typeof rows)[number]): PartRef => ({
    id,
    uid,
    number,
    label: { zh: zh || en, en: en || zh },
  })
  const older = rows.find(({ newer }) => newer === 0)
  return {
    supersedes: older ? refOf(older) : null,
    supersededBy: rows.filter(({ newer }) => newer === 1).map(refOf),
  }
}
