import { computed, shallowRef, watch } from 'vue'
import type { ImportProfile, ImportTarget } from '#contract/import-profile.ts'
import type { ImportReading, InspectedFile } from '#contract/imports.ts'
import { useSession } from '@/app/session.ts'
import { call, useCommand, useFormErrors, useQueryOf, useTask, type CallError } from '@/client/index.ts'
import type { Draft } from './profile.ts'
import { choose, mappingToUse, propose, startOver, state } from './wizard-state.ts'

const builtIn = shallowRef<readonly ImportProfile[]>([])

/** The mappings that came with the program; they never change while it runs. */
async function loadBuiltIn(): Promise<void> {
  if (builtIn.value.length === 0) builtIn.value = await call('imports.builtIn', {}).catch(() => [])
}

/** Looking at the file: what it is, and which mapping fits it. */
function useInspection(profiles: () => readonly ImportProfile[]) {
  const refused = shallowRef<CallError | null>(null)
  const inspect = useTask('imports.inspect', {
    onError: (error) => {
      refused.value = error
      return true
    },
  })

  async function look(asked: Parameters<typeof inspect.run>[0]): Promise<void> {
    refused.value = null
    const found = await inspect.run(asked)
    await loadBuiltIn()
    if (found) accept(found)
  }

  function accept(file: InspectedFile): void {
    state.inspected = file
    const matching = profiles().find((profile) => profile.id === file.matchingProfileId)
    if (matching) choose(matching)
    else propose(file)
  }

  return {
    refused,
    inspecting: inspect.pending,
    async take(file: File, reading?: ImportReading): Promise<void> {
      state.upload = file
      await look({ file, ...(reading ? { reading } : {}) })
    },
    /** Looks at the same file again, read in another way or for another kind of record. */
    async lookAgain(asked: { reading?: ImportReading; target?: ImportTarget }): Promise<void> {
      const { inspected, draft } = state
      if (!inspected || !draft) return
      const { fileUid, fileName, reading } = inspected
      await look({ fileUid, fileName, reading, target: draft.target, ...asked })
    },
  }
}

/** The way of a file into the shop: what it is, how it is read, what would happen, what has happened. */
export function useWizard() {
  const session = useSession()
  const userId = session.user?.id ?? null
  if (state.userId !== userId) startOver(userId)

  const errors = useFormErrors()
  const saveProfile = useCommand('imports.saveProfile', { errors })
  const start = useCommand('imports.start', { errors })
  const own = useQueryOf('imports.profiles', {})
  const profiles = computed<readonly ImportProfile[]>(() => [...(own.data.value ?? []), ...builtIn.value])
  const inspection = useInspection(() => profiles.value)
  void loadBuiltIn()

  async function settleProfile(): Promise<ImportProfile | undefined> {
    const use = mappingToUse()
    if (!use?.save) return use?.profile
    if (!(await saveProfile.run({ profile: use.profile }))) return undefined
    choose(use.profile)
    return use.profile
  }

  watch(
    () => state.step,
    () => errors.clear(),
  )

  return {
    ...inspection,
    state,
    errors,
    profiles,
    target: computed<ImportTarget>(() => state.draft?.target ?? 'repairs'),
    starting: computed(() => start.pending.value || saveProfile.pending.value),
    /** One of the stored mappings, or null for a new one. */
    choose(profileId: string | null): void {
      const profile = profiles.value.find((one) => one.id === profileId)
      if (profile) choose(profile)
      else if (state.inspected) propose(state.inspected)
    },
    change(draft: Draft): void {
      state.draft = draft
      errors.clear()
    },
    rename(name: string): void {
      state.name = name
    },
    startOver(): void {
      startOver(userId)
      errors.clear()
    },
    /** Tries the mapping, or imports; answers whether it has begun. */
    async begin(dryRun: boolean): Promise<boolean> {
      const { inspected } = state
      const profile = await settleProfile()
      if (!inspected || !profile) return false
      const { fileUid, fileName, reading } = inspected
      const run = await start.run({ fileUid, fileName, reading, profile, dryRun })
      if (!run) return false
      if (dryRun) state.dryRunId = run.id
      else state.runId = run.id
      state.step = dryRun ? 3 : 4
      return true
    },
  }
}

export type Wizard = ReturnType<typeof useWizard>
