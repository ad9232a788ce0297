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
  'exports.list',
])

/** In the log already by the command that counted them. */
const knownOtherwise: ReadonlySet<string> = new Set<ErrorCode>([
  'session.wrong_password',
  'session.wrong_pin',
])

/** Whether a task that ended so stands in the log by the runner's hand; `result` is `ok` or the error's code. */
export function isNoted(name: TaskName, result: 'ok' | ErrorCode, input: unknown): boolean {
  if (looks.has(name)) return false
  // A file is fetched in pieces: the first says it all.
  if (typeof input === 'object' && input && 'offset' in input && input.offset !== 0) return false
  return result === 'ok' ? !byCommands.has(name) : !knownOtherwise.has(result)
}
