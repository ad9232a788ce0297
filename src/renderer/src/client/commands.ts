import { readonly, ref, type Ref } from 'vue'
import type { InputOf, OutputOf } from '#contract/method-types.ts'
import { call, callLoosely, type CommandName, type TaskName } from './call.ts'
import { isConnectionLoss, isSessionLoss, toCallError, type CallError } from './call-error.ts'
import { newCommandId } from './command-id.ts'
import { whenBack } from './connection.ts'
import { errorText } from './error-text.ts'
import type { FormErrors } from './form-errors.ts'
import { notify } from './notify.ts'

/** A command's input as a screen gives it: the id of the act is added here. */
export type GivenInput<N extends CommandName> = Omit<InputOf<N>, 'commandId'>

export interface ActOptions {
  /** Where field errors go; without it, or when nothing names a field, the error is shown as a short message.
   * While a field of the form holds what cannot be read, nothing is sent. */
  readonly errors?: FormErrors
  /** Text of a short message after success, already translated when called. */
  readonly done?: () => string
  /** Hears every failure first; answering true says that it has been shown. */
  readonly onError?: (error: CallError) => boolean
}

export interface Act<I, O> {
  /** Answers the output, or undefined when it failed (the failure has been shown). */
  run(input: I): Promise<O | undefined>
  readonly pending: Readonly<Ref<boolean>>
}

/** Commands of this window that the host has not answered yet. */
const unansweredActs = ref(0)
export const actsUnderWay = readonly(unansweredActs)

/** How often a command is sent again after the connection came back, before the person is asked. */
const resends = 3

function useAct<I, O>(send: (input: I) => Promise<O>, options: ActOptions): Act<I, O> {
  const running = ref(0)
  const pending = ref(false)
  const run = async (input: I): Promise<O | undefined> => {
    if (options.errors?.showHeld()) return undefined
    options.errors?.clear()
    pending.value = ++running.value > 0
    try {
      const output = await send(input)
      if (options.done) notify('success', options.done())
      return output
    } catch (error) {
      showFailure(toCallError(error), options)
      return undefined
    } finally {
      pending.value = --running.value > 0
    }
  }
  return { run, pending: readonly(pending) }
}

function showFailure(error: CallError, options: ActOptions): void {
  // The lock screen over the page asks for the person; the form beneath keeps everything.
  if (isSessionLoss(error)) return
  options.errors?.set(error)
  if (options.onError?.(error)) return
  if (!options.errors) notify('error', fieldsOrWhole(error))
}

function fieldsOrWhole(error: CallError): string {
  return error.code === 'input.invalid' && error.fields.length > 0
    ? errorText({
        ...error,
        code: error.fields[0]?.code ?? error.code,
        params: error.fields[0]?.params ?? {},
      })
    : errorText(error)
}

/**
 * One command (or a task that carries a `commandId`). The same act keeps its id until the host has answered:
 * it is sent again by itself when the connection comes back, and again under the same id when the person
 * presses the button once more without having changed anything.
 */
export function useCommand<N extends CommandName>(
  name: N,
  options: ActOptions = {},
): Act<GivenInput<N>, OutputOf<N>> {
  let unanswered: { readonly said: string; readonly commandId: string } | undefined

  return useAct(async (input) => {
    const said = JSON.stringify(input)
    const commandId = unanswered?.said === said ? unanswered.commandId : newCommandId()
    unanswered = { said, commandId }
    for (let attempt = 0; ; attempt++) {
      unansweredActs.value++
      try {
        const output = await callLoosely(name, { ...input, commandId })
        unanswered = undefined
        return output as OutputOf<N>
      } catch (error) {
        if (!isConnectionLoss(error)) {
          unanswered = undefined
          throw error
        }
        if (attempt >= resends) throw error
        await whenBack()
      } finally {
        unansweredActs.value--
      }
    }
  }, options)
}

/** A task without a `commandId`: logging in, rendering a document, reading a file. Never sent again by itself. */
export function useTask<N extends TaskName>(name: N, options: ActOptions = {}): Act<InputOf<N>, OutputOf<N>> {
  return useAct((input) => call(name, input), options)
}
