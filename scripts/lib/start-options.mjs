import { parseArgs } from 'node:util'

import { typedPath } from './places.mjs'

/**
 * What was asked of `npm start`. Undefined: only the help was asked for. Throws an Error with a text for the terminal.
 * `data` is undefined when nobody named a folder.
 */
export function readStartOptions(argv) {
  const { values } = parseArgs({
    args: argv,
    options: {
      browser: { type: 'boolean', default: false },
      data: { type: 'string' },
      demo: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      lang: { type: 'string' },
      port: { type: 'string', default: '0' },
    },
  })
  if (values.help) return undefined
  const port = Number(values.port)
  if (!/^\d+$/.test(values.port) || port > 65_535) throw new Error('--port takes a number from 0 to 65535.')
  if (values.lang !== undefined && !['zh-CN', 'en'].includes(values.lang))
    throw new Error('--lang takes zh-CN or en.')
  const data = values.data === undefined ? undefined : typedPath(values.data)
  return { browser: values.browser, data, demo: values.demo, lang: values.lang, port }
}

/**
 * The same for the desktop application. It finds the usual folder by itself; one that is named means that this computer
 * is the shop's host, and then it would not ask.
 */
export function desktopArguments({ data, demo, lang, port }) {
  return [
    ...(data === undefined ? [] : [`--data=${data}`]),
    ...(demo ? ['--demo'] : []),
    ...(lang === undefined ? [] : [`--lang=${lang}`]),
    ...(port === 0 ? [] : [`--port=${port}`]),
  ]
}
