import { randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HostOptions, Seat } from './host.ts'
import { intakeOf } from './intake.ts'
import { openTestShop } from './shop.ts'

/** What somebody carries to a new computer: a stick with sealed copies, the shop's own backups, and an export. */
export interface ShopToMove {
  /** A repair of it, with a picture of more than one piece. */
  readonly number: string
  readonly backup: string
  /** A copy with its pictures beside it, opened by `passphrase`. */
  readonly sealed: string
  readonly passphrase: string
  readonly zip: string
  remove(): void
}

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const passphrase = 'rain and bicycles'

/** A shop of before, its computer gone. */
export async function shopToMove(options: HostOptions = {}): Promise<ShopToMove> {
  const place = mkdtempSync(join(tmpdir(), 'benchside-moving-'))
  const stick = join(place, 'stick')
  const data = join(place, 'shop')
  mkdirSync(stick)
  const { host, owner } = await openTestShop('en', { ...options, data })
  try {
    const { repairs } = await owner.client.repairs.receive({
      commandId: randomUUID(),
      ...(await intakeOf(owner)),
    })
    const { id = 0, number = '' } = repairs[0] ?? {}
    // Bytes after the end of a PNG are no part of what it shows.
    const bytes = Buffer.concat([pixel, randomBytes(700_000)])
    const file = new File([new Uint8Array(bytes)], 'front.png')
    const where = { kind: 'photo', repairId: id, draftUid: null } as const
    await owner.client.attachments.upload({ commandId: randomUUID(), file, ...where })
    const backup = join(data, 'backups', await nameOfNew(owner, 'own'))
    await owner.client.backups.setPassphrase({ passphrase })
    await owner.client.backups.setSecond({ path: stick })
    const sealed = join(stick, await nameOfNew(owner, 'second'))
    const zip = join(data, 'exports', await exported(owner))
    return {
      number,
      backup,
      sealed,
      passphrase,
      zip,
      remove: () => rmSync(place, { recursive: true, force: true }),
    }
  } finally {
    await host.stop()
  }
}

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20))

/** Makes a backup and waits until it lies in that place; the first of its kind there. */
async function nameOfNew({ client }: Seat, place: 'own' | 'second'): Promise<string> {
  if (place === 'own') await client.backups.make({})
  for (;;) {
    const { running, last, backups } = await client.backups.overview({})
    const found = backups.find((one) => one.place === place)
    if (!running && found) return found.name
    if (!running && last?.problem) throw new Error(last.problem.code)
    await soon()
  }
}

async function exported({ client }: Seat): Promise<string> {
  const { name } = await client.exports.start({ commandId: randomUUID() })
  for (;;) {
    const one = (await client.exports.list({})).exports.find((row) => row.name === name)
    if (one?.state === 'done') return name
    if (one?.state === 'failed') throw new Error(one.problem ?? 'failed')
    await soon()
  }
}
