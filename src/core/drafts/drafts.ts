import { AppError } from '../kernel/app-error.ts'
import type { SecretBox } from '../kernel/secret-box.ts'

/** The largest draft, as JSON in UTF-8. */
export const maxDraftBytes = 256 * 1024

/** No form is nested deeper; a deeper one would only exhaust the stack. */
const maxDepth = 40

/** Stands in a stored draft in place of a passcode: its bytes sealed with the shop's key, in base64. */
const sealedKey = 'sealedPasscode'

export type Content = Record<string, unknown>

function isSecret(key: string): boolean {
  return key.toLowerCase() === 'passcode'
}

/** A copy of the value in which `change` has replaced everything that stands under a key named passcode. */
function withSecrets(value: unknown, change: (secret: unknown) => unknown, depth = 0): unknown {
  if (depth > maxDepth) throw new AppError('request.malformed')
  if (Array.isArray(value)) return value.map((item: unknown) => withSecrets(item, change, depth + 1))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]: [string, unknown]) => [
    key,
    isSecret(key) ? change(inner) : withSecrets(inner, change, depth + 1),
  ])
  return Object.fromEntries(entries)
}

/**
 * A draft's content as it is stored: JSON in which no passcode stands in clear. Only what a person types is sealed,
 * text; anything else under that name is dropped. Errors: `request.too_large`, `request.malformed`.
 */
export function storedContent(content: Content, box: SecretBox): string {
  const sealed = withSecrets(content, (secret) =>
    typeof secret === 'string' && secret !== '' ? { [sealedKey]: box.seal(secret).toString('base64') } : null,
  )
  const text = JSON.stringify(sealed)
  const bytes = Buffer.byteLength(text)
  if (bytes > maxDraftBytes) throw new AppError('request.too_large', { max: maxDraftBytes, size: bytes })
  return text
}

/** The content as a seat gets it back: passcodes only for the person who typed them, null for everybody else. */
export function shownContent(stored: string, box: SecretBox, mayOpen: boolean): Content {
  const content: unknown = JSON.parse(stored)
  return withSecrets(content, (secret) => (mayOpen ? opened(secret, box) : null)) as Content
}

function opened(secret: unknown, box: SecretBox): string | null {
  if (typeof secret !== 'object' || secret === null || !(sealedKey in secret)) return null
  const sealed = secret[sealedKey]
  if (typeof sealed !== 'string') return null
  try {
    return box.open(Buffer.from(sealed, 'base64'))
  } catch {
    // Sealed with another key (a file moved without its key): the passcode is asked for again.
    return null
  }
}
