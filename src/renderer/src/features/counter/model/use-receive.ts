import { nextTick, ref, type Ref } from 'vue'
import type { OutputOf } from '#contract/method-types.ts'
import { useSession } from '@/app/session.ts'
import { useCommand } from '@/client/index.ts'
import { focusIn } from './enter-path.ts'
import type { IntakeForm } from './form.ts'
import { itemOf, type Intake } from './intake.ts'
import { receiveInput } from './to-input.ts'
import type { DraftKeeper } from './use-draft.ts'

export type Received = OutputOf<'repairs.receive'>

export interface Receiving {
  readonly pending: Readonly<Ref<boolean>>
  /** Receives the visit, or shows what is in the way and puts the focus there. */
  receive(): Promise<Received | undefined>
}

/** The last step of an intake. Nothing typed is lost by a refusal: the draft is kept on. */
export function useReceive(
  intake: Intake,
  keeper: DraftKeeper,
  root: Readonly<Ref<HTMLElement | null>>,
): Receiving {
  const session = useSession()
  const busy = ref(false)
  const wrongItems = ref<readonly number[]>([])
  const command = useCommand('repairs.receive', {
    errors: intake.errors,
    onError(error) {
      wrongItems.value = error.fields.flatMap(({ path }) => itemOf(path) ?? [])
      return true
    },
  })

  async function showProblem(items: readonly (number | undefined)[]): Promise<void> {
    const first = items.find((one) => one !== undefined)
    // A device whose fields are not on the page cannot show what is wrong with it.
    if (first !== undefined && !items.includes(intake.current.value)) intake.current.value = first
    await nextTick()
    const wrong = root.value?.querySelector('.field.invalid')
    if (wrong) focusIn(wrong)
    else root.value?.scrollIntoView({ block: 'start' })
  }

  async function receive(): Promise<Received | undefined> {
    const { missing, errors, form } = intake
    errors.clear()
    await settled(intake)
    const wrong = [...errors.held.all.value, ...missing.value]
    if (wrong.length > 0) {
      errors.setFields(wrong)
      await showProblem(wrong.map(({ path }) => itemOf(path)))
      return undefined
    }
    const input = inputOf(intake, form, keeper.uid.value, session.shop?.termsVersion ?? 1)
    if (!input) return undefined
    await keeper.close()
    const received = await command.run(input)
    if (received) return received
    keeper.reopen()
    await showProblem(wrongItems.value)
    return undefined
  }

  return {
    pending: busy,
    async receive() {
      if (busy.value) return undefined
      busy.value = true
      try {
        return await receive()
      } finally {
        busy.value = false
      }
    },
  }
}

/** Pictures and the signature still on their way belong to the visit. */
async function settled({ photos, signature, settling }: Intake): Promise<void> {
  for (const settle of settling) await settle()
  await Promise.all([photos.idle(), signature.idle()])
}

function inputOf(intake: Intake, form: IntakeForm, draftUid: string, termsVersion: number) {
  return receiveInput(form, draftUid, termsVersion, (item) => intake.demandsOf(item))
}
