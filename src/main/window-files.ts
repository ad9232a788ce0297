import { readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import type { CustomScheme, Protocol } from 'electron'
import { isOwnPage, scheme } from './own-page.ts'

/** A secure context with an origin, so that the camera, fetch and web storage work as on the web. */
export const ownScheme: CustomScheme = {
  scheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
}

/* The same policy as the host's HTTP side; a test compares the two. */
const headersOfAll = {
  'content-security-policy': [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "frame-src 'self' blob:",
    "media-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.wav': 'audio/wav',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

/**
 * Serves the built window (`folder`) at app://benchside/. A path without an ending is one of the window's own
 * pages and answers with index.html; a file that is not there is a 404.
 */
export function serveWindowFiles(protocol: Pick<Protocol, 'handle'>, folder: string): void {
  protocol.handle(scheme, async (request) => {
    if (!isOwnPage(request.url)) return refuse(404)
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405)
    const file = fileOf(folder, new URL(request.url).pathname)
    if (file === undefined) return refuse(404)
    const type = types[extname(file)]
    if (type === undefined) return refuse(404)
    try {
      const body = request.method === 'HEAD' ? null : await readFile(file)
      return new Response(body, { headers: { ...headersOfAll, 'content-type': type } })
    } catch {
      return refuse(404)
    }
  })
}

function fileOf(folder: string, pathname: string): string | undefined {
  let path
  try {
    path = decodeURIComponent(pathname)
  } catch {
    return undefined
  }
  if (path.includes('\0') || path.includes('\\')) return undefined
  const file = join(folder, extname(path) === '' ? 'index.html' : path)
  return file.startsWith(folder + sep) ? file : undefined
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: headersOfAll })
}
