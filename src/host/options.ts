import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { languages, type Language } from '#contract/fields.ts'

export interface HostOptions {
  readonly serve: boolean
  readonly data: string
  readonly port: number
  readonly demo: boolean
  readonly language: Language
  /** The shell sends the shop's key as its first message. */
  readonly keyFollows: boolean
  /** A person has agreed in the shell that the newest good backup takes the place of a damaged file. */
  readonly restoreNewest: boolean
}

/** Command line of the host: `--serve --data DIR --port N --demo --lang zh-CN|en`. */
export function readOptions(argv: readonly string[]): HostOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      serve: { type: 'boolean', default: false },
      data: { type: 'string' },
      port: { type: 'string', default: '0' },
      demo: { type: 'boolean', default: false },
      lang: { type: 'string' },
      'key-follows': { type: 'boolean', default: false },
      'restore-newest': { type: 'boolean', default: false },
    },
    strict: false,
  })
  const port = Number(values.port)
  const language = languages.find((one) => one === values.lang)
  return {
    serve: values.serve === true,
    data: typeof values.data === 'string' ? values.data : join(homedir(), '.local', 'share', 'benchside'),
    port: Number.isInteger(port) && port >= 0 && port < 65_536 ? port : 0,
    demo: values.demo === true,
    language: language ?? 'zh-CN',
    keyFollows: values['key-follows'] === true,
    restoreNewest: values['restore-newest'] === true,
  }
}
