import type { ErrorCode } from '#contract/errors.ts'
import type { NamesOfKind } from '#contract/method-types.ts'

export type TaskName = NamesOfKind<'task'>

/**
 * Which tasks the runner writes into the audit log. A task that is not named here is written with its result: what
 * leaves the house (papers, exports), what goes to somebody (a test mail), what is changed outside of the file.
 */

/** Done by commands, each of which stands in the log itself; only a failure is written in addition. */
const byCommands: ReadonlySet<TaskName> = new Set([
  'session.login',
  'session.switchByPin',
  'session.logout',
  'setup.create',
  'takeover.begin',
  'takeover.rehearse',
  'takeover.bring',
  'users.create',
  'users.setPassword',
  'users.setPin',
  'users.changeOwn',
  'dictionaries.importFile',
  'attachments.upload',
  'imports.start',
  'imports.resume',
  'audit.check',
  'exports.start',
  'exports.remove',
  'privacy.exportPerson',
])

/** Shows what the person at the seat may see anyway, many times a day; nothing is written. */
const looks: ReadonlySet<TaskName> = new Set([
  'seats.sharing',
  'attachments.read',
  'documents.sample',
  'imports.builtIn',
  'imports.inspect',
  'imports.proposeColumn',
  'imports.tryMapping',
  'backups.overview',
  'takeover.piece',
  'takeover.standing',
  'takeover.drop',
  'exports.list',
])

/** In the log already by the command that counted them; or asked by anybody, as often as they like, to no end. */
const knownOtherwise: ReadonlySet<string> = new Set<ErrorCode>([
  'session.wrong_password',
  'session.wrong_pin',
  'setup.already_done',
  'setup.only_here',
])

/** Whether a task that ended so stands in the log by the runner's hand; `result` is `ok` or the error's code. */
export function isNoted(name: TaskName, result: 'ok' | ErrorCode): boolean {
  if (looks.has(name)) return false
  return result === 'ok' ? !byCommands.has(name) : !knownOtherwise.has(result)
}

/** More fetches than a day has; forgetting them costs a second line for some file, never a missing one. */
const fetchesKept = 1000

/**
 * A file is fetched in pieces, and one line says it all: the one of its beginning, or of whatever piece a session
 * asks for first. Answers whether a call goes on with what has its line already.
 */
export function createFetches(): (name: TaskName, input: unknown, session: string | undefined) => boolean {
  const begun = new Set<string>()
  return (task, input, session) => {
    if (typeof input !== 'object' || !input || !('offset' in input && 'name' in input)) return false
    const { offset, name } = input
    const fetch = JSON.stringify([task, session, name])
    if (offset !== 0 && begun.has(fetch)) return true
    if (begun.size >= fetchesKept) begun.clear()
    begun.add(fetch)
    return false
  }
}
