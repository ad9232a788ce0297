import type { AuditRow, AuditState, Checked, FileFault } from '#contract/audit.ts'
import type { Handler, QueryContext } from '../context.ts'
import type { ReadDb } from '../db/handles.ts'
import { found } from '../kernel/app-error.ts'
import { addDays, startOfDay } from '../kernel/days.ts'
import { cursorOf } from '../kernel/paging.ts'
import { keptNote } from '../settings/steps.ts'
import { customersFound, devicesFound, repairsFound } from '../search/queries.ts'
import { namedIn, namesAny } from './about.ts'
import { inputOfLine, rowsBehind, subjectOf } from './about-views.ts'
import { logChoices, logPage, methodsInLog } from './list-views.ts'
import { lineCount } from './store.ts'

export { verifyShop } from './verify-shop.ts'

/** Under these keys it is noted what the last checks found. */
export const wholeKey = 'audit.whole'
export const briefKey = 'audit.brief'

function noted(db: ReadDb, key: string): Checked | null {
  return (keptNote(db, key) as Checked | undefined) ?? null
}

/** What is known to be wrong: what the last look at the whole file found, and a brief look since. */
function standing(whole: Checked | null, brief: Checked | null): FileFault[] {
  const since = brief && brief.at > (whole?.at ?? 0) ? brief.faults : []
  return [...(whole?.faults ?? []), ...since]
}

export function auditState(db: ReadDb): AuditState {
  const whole = noted(db, wholeKey)
  const brief = noted(db, briefKey)
  return { rows: lineCount(db), whole, brief, faults: standing(whole, brief) }
}

/** The methods meant by one of them, or by a module's name: everything it does. */
function methodsOf(db: ReadDb, method: string): string[] {
  return method.includes('.') ? [method] : methodsInLog(db).filter((name) => name.startsWith(`${method}.`))
}

/** So many people, devices and repairs of a name are looked for; whoever means one types more of it. */
const mostFound = 20
/** One letter or digit is part of too many names and numbers; one Chinese character is a family's. */
const tellsSomething = /..|\p{Script=Han}/u

/** What tells that a line is about whom or what the text names, when it names anything. */
function namedBy(ctx: QueryContext, text: string): RegExp | undefined {
  if (!tellsSomething.test(text)) return undefined
  return namesAny(
    rowsBehind(ctx.db, {
      customers: customersFound(ctx, text, mostFound),
      devices: devicesFound(ctx, text, mostFound),
      repairs: repairsFound(ctx, text, mostFound),
    }),
  )
}

export const aboutLine: Handler<'audit.about'> = (ctx, { id }) =>
  namedIn(found(inputOfLine(ctx.db, id), 'audit')).flatMap(
    (named) => subjectOf(ctx.db, named.entity, named.id) ?? [],
  )

export const listLog: Handler<'audit.list'> = (ctx, input) => {
  const { afterId, limit } = cursorOf(input)
  const { from, to, method, text, ...rest } = input
  const { timeZone } = ctx.settings
  const filter = {
    ...rest,
    text:
      text === undefined || text === '' ? undefined : { part: text.toLowerCase(), names: namedBy(ctx, text) },
    methods: method === undefined ? undefined : methodsOf(ctx.db, method),
    from: from === undefined ? undefined : startOfDay(from, timeZone),
    until: to === undefined ? undefined : startOfDay(addDays(to, 1), timeZone),
  }
  const { rows, nextId } = logPage(ctx.db, filter, afterId, limit)
  return nextId === undefined ? { rows } : { rows, next: String(nextId) }
}

/** Rows of some methods since a moment, newest first. */
export function linesSince(db: ReadDb, methods: readonly string[], from: number, limit: number): AuditRow[] {
  return logPage(db, { methods, from }, undefined, limit).rows
}

export const choices: Handler<'audit.choices'> = (ctx) => ({
  ...logChoices(ctx.db),
  methods: methodsInLog(ctx.db),
})
