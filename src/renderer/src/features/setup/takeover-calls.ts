import { pieceBytes, pictureBeside } from '#contract/takeover-limits.ts'
import type { OutputOf } from '#contract/method-types.ts'
import { CallError, call, isConnectionLoss, toCallError } from '@/client/index.ts'

type Standing = OutputOf<'takeover.standing'>

/** A host that is busy or comes back is waited for so often before the person is asked. */
const tries = 5
const waitMs = 400

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

export interface Sending {
  /** What is brought, as the host named it. */
  readonly uid: string
  readonly file: File
  /** Where the rest begins: what lies before it is at the host already. */
  readonly at: number
  /** Where a picture lies beside its backup; absent for the backup itself. */
  readonly picture?: string
  readonly onSent?: (bytes: number) => void
  /** Asked before each piece. */
  readonly isLeft: () => boolean
}

/** Sends what the host does not have yet of a file. A disk that was pulled out is told as a file that broke off. */
export async function sendFile({ uid, file, at, picture, onSent, isLeft }: Sending): Promise<void> {
  let misses = 0
  for (let from = at; from < file.size && !isLeft();) {
    try {
      const bytes = await file.slice(from, from + pieceBytes).arrayBuffer()
      const piece = new File([bytes], 'piece')
      const about = { uid, at: from, piece, ...(picture === undefined ? {} : { picture }) }
      from = (await call('takeover.piece', about)).received
      misses = 0
      onSent?.(from)
    } catch (error) {
      if (error instanceof DOMException)
        throw new CallError({ code: 'setup.broken_off', params: {}, fields: [] })
      if (!isConnectionLoss(error) || ++misses >= tries) throw error
      await pause(misses * waitMs)
    }
  }
}

/** The pictures of backups among the files of a folder that was chosen, each with where it lies beside its backup. */
export function picturesAmong(files: readonly File[]): { file: File; picture: string }[] {
  return files.flatMap((file) => {
    const picture = file.webkitRelativePath.split('/').slice(-3).join('/')
    return pictureBeside.test(picture) ? [{ file, picture }] : []
  })
}

/** Sends pictures one after the other; told are those that are there. */
export async function sendPictures(
  uid: string,
  pictures: ReturnType<typeof picturesAmong>,
  { onSent, isLeft }: Pick<Sending, 'isLeft'> & { onSent: (pictures: number) => void },
): Promise<void> {
  for (const [index, one] of pictures.entries()) {
    onSent(index)
    await sendFile({ uid, at: 0, isLeft, ...one })
  }
}

/** Waits until what was brought is tried out; undefined when the page is left meanwhile. Throws what was wrong with it. */
export async function untilTriedOut(
  uid: string,
  isLeft: () => boolean,
  onStanding: (running: Standing['running']) => void,
): Promise<Standing['found']> {
  while (!isLeft()) {
    const { running, problem, found } = await call('takeover.standing', { uid })
    onStanding(running)
    if (problem) throw new CallError({ ...problem, fields: [] })
    if (found || !running) return found
    await pause(waitMs)
  }
  return null
}

/** Has the host close and come back with the shop; throws when it comes back with nothing of it. */
export async function untilBrought(uid: string, isLeft: () => boolean): Promise<void> {
  // The answer may be lost with the host that closes.
  let isDecided = false
  while (!isLeft()) {
    try {
      await call(isDecided ? 'takeover.standing' : 'takeover.bring', { uid })
      isDecided = true
    } catch (error) {
      const { code } = toCallError(error)
      if (code === 'setup.already_done') return
      if (code !== 'connection.lost' && code !== 'backup.running') throw error
      isDecided = true
    }
    await pause(waitMs)
  }
}
