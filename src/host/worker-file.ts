import { existsSync } from 'node:fs'

/**
 * The file of the thread `name`, for `new Worker`; `from` is the caller's `import.meta.url`. From source the thread is
 * the file beside the caller; in the bundle it lies at the top of its folder, and the caller there or one below.
 */
export function workerFile(from: string, name: string): URL {
  if (from.endsWith('.ts')) return new URL(`./${name}.ts`, from)
  const beside = new URL(`./${name}.js`, from)
  return existsSync(beside) ? beside : new URL(`../${name}.js`, from)
}
