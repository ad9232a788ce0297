import type { Source } from './sources.ts'

/**
 * The first circle found from each file that stands in one: files that need each other, by type or by value, in the
 * order in which they name the next (`a.ts → b.ts → a.ts`). Pages fetched when they are opened close no circle.
 */
export function circlesOf(sources: readonly Source[]): string[] {
  const nextOf = new Map(
    sources.map(({ path, imports }) => [
      path,
      imports.filter(({ isPackage, lazy }) => !isPackage && !lazy).map(({ target }) => target),
    ]),
  )
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (path: string, way: readonly string[]): void => {
    const at = way.indexOf(path)
    if (at >= 0) circles.push([...way.slice(at), path].join(' → '))
    if (at >= 0 || done.has(path)) return
    for (const next of nextOf.get(path) ?? []) visit(next, [...way, path])
    done.add(path)
  }
  for (const { path } of sources) visit(path, [])
  return circles
}
