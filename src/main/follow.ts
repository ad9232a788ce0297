/* What a QR code or a label may lead to: records by their uid, and the plain places of the rail. Nothing a link names
 * is ever run, loaded or sent; it becomes a path that the window's own router looks up. */
const uid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const paths = [
  new RegExp(`^/(?:repairs|customers|devices|parts|invoices)/${uid}$`),
  new RegExp(`^/r/${uid}$`),
  /^\/(?:today|counter|bench|my-jobs|repairs)?$/,
]

export const linkScheme = 'benchside'

/** The path within the window that a `benchside://…` link leads to; undefined for every other address. */
export function pathOfLink(link: string): string | undefined {
  if (link.length > 200) return undefined
  const url = URL.parse(link)
  if (url === null || url.protocol !== `${linkScheme}:` || url.search !== '' || url.hash !== '')
    return undefined
  if (url.username !== '' || url.password !== '' || url.port !== '') return undefined
  // `benchside://repairs/<uid>`: what looks like a host is the first step of the path.
  const path = `/${url.host}${url.pathname}`.replace(/\/$/, '').toLowerCase() || '/'
  return isOwnPath(path) ? path : undefined
}

/** True for a path that a link or a click on a notification may open. */
export function isOwnPath(path: string): boolean {
  return paths.some((one) => one.test(path))
}

/** Windows and Linux hand a link over as the last word of the command line. */
export function linkIn(argv: readonly string[]): string | undefined {
  return argv.findLast((word) => word.startsWith(`${linkScheme}:`))
}
