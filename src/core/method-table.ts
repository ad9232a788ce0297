import type { z } from 'zod'
import { everyMethod } from '#contract/index.ts'
import { internalContract } from '#contract/internal.ts'
import type { MethodMeta } from '#contract/method.ts'
import type { MethodName } from '#contract/method-types.ts'
import { inputLog, type InputLog } from './audit/steps.ts'
import type { CommandContext } from './context.ts'
import { handlers } from './handlers.ts'

/** What dispatch knows of a method: what the contract says, and who does it. */
export interface Method {
  readonly name: MethodName
  readonly meta: MethodMeta
  readonly input: z.ZodType
  readonly output: z.ZodType
  readonly internal: boolean
  readonly handle: ((ctx: CommandContext, input: unknown) => unknown) | undefined
  /** How its inputs stand in the log: read from the schema when the first one comes. */
  log(): InputLog
}

const internalModules = new Set(Object.keys(internalContract))

/** Every method of the contract by its name. */
export function methodTable(): Map<string, Method> {
  const table = new Map<string, Method>()
  const tree: Record<string, Record<string, unknown>> = handlers
  for (const [module, procedures] of Object.entries(everyMethod)) {
    for (const [verb, procedure] of Object.entries(procedures)) {
      const definition = procedure['~orpc']
      const name = `${module}.${verb}` as MethodName
      const handle = tree[module]?.[verb] as Method['handle']
      const input = definition.inputSchema as z.ZodType
      let log: InputLog | undefined
      table.set(name, {
        name,
        meta: definition.meta,
        input,
        output: definition.outputSchema as z.ZodType,
        internal: internalModules.has(module),
        handle,
        log: () => (log ??= inputLog(name, input, definition.meta.secret)),
      })
    }
  }
  return table
}
