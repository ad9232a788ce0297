import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Language } from '#contract/fields.ts'

export interface ShellOptions {
  /** The shop's folder, absolute; undefined means the default place. */
  readonly data: string | undefined
  /** The port of the host's own web address; 0 means that it serves the window only. */
  readonly port: number
  readonly demo: boolean
  readonly language: Language | undefined
}

const languages: readonly Language[] = ['zh-CN', 'en']

/**
 * Command line of the desktop application: `--data=DIR --port=N --demo --lang=zh-CN|en`. Switches meant for
 * Chromium stand on the same line, so what is not known here is left alone.
 */
export function readOptions(argv: readonly string[]): ShellOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      data: { type: 'string' },
      port: { type: 'string' },
      demo: { type: 'boolean', default: false },
      lang: { type: 'string' },
    },
    strict: false,
    allowPositionals: true,
  })
  const port = Number(values.port)
  return {
    data: typeof values.data === 'string' && values.data !== '' ? resolve(values.data) : undefined,
    port: Number.isInteger(port) && port > 0 && port < 65_536 ? port : 0,
    demo: values.demo === true,
    language: languages.find((one) => one === values.lang),
  }
}

/** The host's command line for the same shop. */
export function hostArguments(options: ShellOptions, data: string): string[] {
  return [
    '--data',
    data,
    ...(options.port === 0 ? [] : ['--serve', '--port', String(options.port)]),
    ...(options.demo ? ['--demo'] : []),
    ...(options.language === undefined ? [] : ['--lang', options.language]),
  ]
}
