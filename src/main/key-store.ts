import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What of the system's key store is used here; Electron's safeStorage. */
export interface KeyStore {
  isEncryptionAvailable(): boolean
  /** Linux only: `basic_text` means that there is no key store and a fixed password is used. */
  getSelectedStorageBackend?(): string
  encryptString(text: string): Buffer
  decryptString(sealed: Buffer): string
}

/** `file`: there is no key store, the host keeps the key itself. `lost`: the key store does not know the key any more. */
export type ShopKey =
  | { readonly kind: 'key_store'; readonly key: string }
  | { readonly kind: 'file' | 'lost' }

/**
 * The key that seals device passcodes and the mail password, as base64, sealed by the system's key store in
 * `shop.key.sealed`. A key that lies open in `shop.key` (from before, or put there by a restore) is taken over: it is
 * removed only after the sealed one was read back.
 */
export function shopKeyOf(folder: string, store: KeyStore, platform: NodeJS.Platform): ShopKey {
  const plain = join(folder, 'shop.key')
  const sealed = join(folder, 'shop.key.sealed')
  if (!isTrueStore(store, platform))
    return { kind: existsSync(sealed) && !existsSync(plain) ? 'lost' : 'file' }
  if (existsSync(plain)) {
    const key = readFileSync(plain, 'utf8').trim()
    if (!isKey(key) || !seal(sealed, key, store)) return { kind: 'file' }
    rmSync(plain)
    return { kind: 'key_store', key }
  }
  if (existsSync(sealed)) {
    const key = unseal(sealed, store)
    return key === undefined ? { kind: 'lost' } : { kind: 'key_store', key }
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const key = randomBytes(32).toString('base64')
  return seal(sealed, key, store) ? { kind: 'key_store', key } : { kind: 'file' }
}

/** Puts a sealed key that nobody can open aside, so that the next start makes a new one. It is kept: a key store may come back. */
export function setAside(folder: string, now: number): void {
  renameSync(join(folder, 'shop.key.sealed'), join(folder, `shop.key.sealed.lost-${now}`))
}

function isTrueStore(store: KeyStore, platform: NodeJS.Platform): boolean {
  if (!store.isEncryptionAvailable()) return false
  return (
    platform !== 'linux' ||
    !['basic_text', 'unknown'].includes(store.getSelectedStorageBackend?.() ?? 'unknown')
  )
}

function isKey(text: string): boolean {
  return Buffer.from(text, 'base64').byteLength === 32
}

function seal(file: string, key: string, store: KeyStore): boolean {
  try {
    writeFileSync(`${file}.new`, store.encryptString(key).toString('base64'), { mode: 0o600, flush: true })
    if (unseal(`${file}.new`, store) !== key) return false
    renameSync(`${file}.new`, file)
    return true
  } catch {
    return false
  }
}

function unseal(file: string, store: KeyStore): string | undefined {
  try {
    const key = store.decryptString(Buffer.from(readFileSync(file, 'utf8'), 'base64'))
    return isKey(key) ? key : undefined
  } catch {
    return undefined
  }
}
