import { randomBytes, scryptSync } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import {
  setUpShop,
  signIn,
  startTestHost,
  testPassword,
  testPin,
  type HostOptions,
  type RunningHost,
  type Seat,
} from './host.ts'
import { runFolderName } from './run-folder.ts'

type Language = 'zh-CN' | 'en'

/** A running host whose shop is set up, with its people (as `setUpShop` makes them) and its owner at a seat. */
export interface OpenShop {
  readonly host: RunningHost
  readonly owner: Seat
}

/**
 * Starts a host on a shop that is set up. Within a run of tests one shop is set up for all and copied: setting up takes
 * a second of processor, a copy none. For what setting up itself does there is `setUpShop`.
 */
export async function openTestShop(language: Language = 'en', options: HostOptions = {}): Promise<OpenShop> {
  const kept = await keptShop(language, options)
  if (kept === undefined) {
    const host = await startTestHost(options)
    return { host, owner: await setUpShop(host, language) }
  }
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'benchside-test-'))
  cpSync(kept, data, { recursive: true })
  const host = await startTestHost({ ...options, data })
  const stop: RunningHost['stop'] = async (signal) => {
    await host.stop(signal)
    if (options.data === undefined) rmSync(data, { recursive: true, force: true })
  }
  return { host: { ...host, stop }, owner: await signIn(host, 'owner') }
}

/** Puts a shop that is set up into a folder, with nobody at work. */
export async function layShop(data: string, language: Language = 'en'): Promise<void> {
  const { host } = await openTestShop(language, { data })
  await host.stop()
}

/** The folder of the run's shop; undefined outside of a run, where it would stay behind. */
async function keptShop(
  language: Language,
  { fromSource = false }: HostOptions,
): Promise<string | undefined> {
  const run = process.env[runFolderName]
  if (run === undefined) return undefined
  const kept = join(run, `shop-${language}`)
  if (existsSync(kept)) return kept
  const data = mkdtempSync(join(run, 'new-shop-'))
  const host = await startTestHost({ data, fromSource })
  await setUpShop(host, language)
  await host.stop()
  hashCheaply(join(data, 'shop.db'))
  try {
    renameSync(data, kept)
  } catch (error) {
    // Another worker was faster; its shop is the same.
    if (!existsSync(kept)) throw error
    rmSync(data, { recursive: true })
  }
  return kept
}

/** The passwords as a version with other parameters would have hashed them: checked in a millisecond, not in eighty. */
function hashCheaply(path: string): void {
  const cost = { N: 1024, r: 8, p: 1 }
  const hash = (plain: string): string => {
    const salt = randomBytes(16)
    const made = scryptSync(plain, salt, 32, cost)
    return ['s1', cost.N, cost.r, cost.p, salt.toString('base64url'), made.toString('base64url')].join('$')
  }
  const file = new Database(path)
  file.prepare('UPDATE users SET password_hash = ?, pin_hash = ?').run(hash(testPassword), hash(testPin))
  file.close()
}
