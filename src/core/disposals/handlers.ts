import type { HandlersOf } from '../context.ts'
import { disposeDevice } from './dispose-device.ts'
import { disposalsOfRepair } from './queries.ts'
import { voidDisposal } from './void-disposal.ts'

export const disposalsHandlers: HandlersOf<'disposals'> = {
  ofRepair: disposalsOfRepair,
  dispose: disposeDevice,
  void: voidDisposal,
}
