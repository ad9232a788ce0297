import { onScopeDispose } from 'vue'
import { call } from '@/client/index.ts'
import { useSession } from '@/app/session.ts'
import { picturesAmong, sendFile, sendPictures, untilBrought, untilTriedOut } from './takeover-calls.ts'
import { takeoverState } from './takeover-state.ts'

/** A shop that exists already on its way to this computer: brought in pieces, tried out, taken over. */
export function useTakeover() {
  const session = useSession()
  const state = takeoverState()
  const { stage, problem, found, running, sent, step } = state
  let chosen: File | undefined
  let uid = ''
  let passphrase = ''
  const page = { isLeft: false }
  const isLeft = (): boolean => page.isLeft

  const tryOut = (given: string): Promise<boolean> =>
    step('trying', 'sending', async () => {
      passphrase = given
      found.value = undefined
      await call('takeover.rehearse', { uid, ...(given === '' ? {} : { passphrase: given }) })
      const tried = await untilTriedOut(uid, isLeft, (so) => {
        running.value = so
      })
      found.value = tried ?? undefined
      stage.value = found.value ? 'found' : 'choose'
    })

  /** Sends what the host does not have yet, and has it tried out. */
  async function sendRest(): Promise<void> {
    const file = chosen
    if (!file) return
    const onSent = (done: number): void => {
      sent.value = { done, of: file.size }
    }
    onSent(0)
    const isSent = await step('sending', 'sending', async () => {
      uid ||= (await call('takeover.begin', { name: file.name, size: file.size })).uid
      const { received } = await call('takeover.standing', { uid })
      onSent(received)
      await sendFile({ uid, file, at: received, onSent, isLeft })
    })
    if (isSent && !page.isLeft) await tryOut(passphrase)
    else if (problem.value?.code === 'setup.already_done') await session.refresh().catch(() => {})
  }

  async function choose(file: File): Promise<void> {
    drop()
    chosen = file
    passphrase = ''
    await sendRest()
  }

  /** Sends the pictures of a folder and tries the backup out once more; false when there are none in it. */
  async function addPictures(files: readonly File[]): Promise<boolean> {
    const pictures = picturesAmong(files)
    if (pictures.length === 0) return false
    const onSent = (done: number): void => {
      sent.value = { done, of: pictures.length }
    }
    const isSent = await step('sending', 'found', () => sendPictures(uid, pictures, { onSent, isLeft }))
    if (isSent && !page.isLeft) await tryOut(passphrase)
    return true
  }

  const bring = (): Promise<boolean> =>
    step('opening', 'found', async () => {
      await untilBrought(uid, isLeft)
      stage.value = 'here'
    })

  function drop(): void {
    if (uid !== '' && stage.value !== 'opening' && stage.value !== 'here')
      call('takeover.drop', { uid }).catch(() => {})
    uid = ''
    state.clear()
  }

  onScopeDispose(() => {
    page.isLeft = true
    drop()
  })
  return { ...state, fileName: () => chosen?.name ?? '', choose, sendRest, tryOut, addPictures, bring, drop }
}
