import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes } from 'node:crypto'

/** Seals short secrets (device passcodes) with the shop's key. */
export interface SecretBox {
  seal(plain: string): Buffer
  /** Throws when the bytes were not sealed with this key. */
  open(sealed: Buffer): string
  /** Keyed fingerprint: the same text gives the same 43 characters, and without the key nothing can be guessed from it. */
  fingerprint(text: string): string
}

/**
 * AES-256-GCM; layout: 1 byte version, 12 bytes nonce, 16 bytes tag, ciphertext.
 * `key` is 32 bytes from the system's key store or the data folder's key file.
 */
export function secretBox(key: Buffer): SecretBox {
  // A key object is prepared once; from bytes Node would prepare one for each command.
  const fingerprintKey = createSecretKey(createHmac('sha256', key).update('fingerprint').digest())
  return {
    fingerprint: (text) => createHmac('sha256', fingerprintKey).update(text).digest('base64url'),
    seal(plain) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.from([1]), nonce, cipher.getAuthTag(), body])
    },
    open(sealed) {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 13))
      decipher.setAuthTag(sealed.subarray(13, 29))
      return Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()]).toString('utf8')
    },
  }
}
