import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { call, newCommandId, toCallError, useCommand, type CallError } from '@/client/index.ts'
import type { IntakeForm } from './form.ts'

/**
 * How the draft stands. `taken`: another seat saved it since; `gone`: it was received or thrown away elsewhere.
 * In both cases what is typed here stays on the page until the clerk decides.
 */
export type DraftState = 'empty' | 'unsaved' | 'saving' | 'saved' | 'failed' | 'taken' | 'gone'

export interface DraftOptions {
  /** The draft to go on with, at the version it was read; version 0 begins one with the first thing typed. */
  readonly uid: string
  readonly version: number
  /** Something was recognised already: it is kept at once. */
  readonly begun: boolean
  readonly form: IntakeForm
  title(): string
  step(): string
  /** Runs once the draft exists, so that the address names it. */
  created(uid: string): void
}

export interface DraftKeeper {
  readonly uid: Ref<string>
  readonly state: Ref<DraftState>
  /** Why the last try failed, or who took it. */
  readonly problem: Ref<CallError | undefined>
  /** Saves at once what is not saved yet; answers whether everything is kept. */
  flush(): Promise<boolean>
  /** Ends saving, after what is on its way has arrived: the visit was received or thrown away. */
  close(): Promise<void>
  /** Saving goes on after all (receiving was refused). */
  reopen(): void
  /** After `taken`: what is typed here replaces what the other seat saved. */
  keepMine(): Promise<void>
  /** After `gone`: what is typed here becomes a draft of its own. */
  startAnew(): Promise<void>
}

/** Nothing typed is ever further than this from being kept. */
const pauseMs = 800

/** The saving itself: what is kept, at which version, one save at a time. */
class Saver {
  readonly uid: Ref<string>
  readonly state: Ref<DraftState>
  readonly problem = ref<CallError>()
  stopped = false
  private readonly options: DraftOptions
  private version: number
  private kept: string
  private running: Promise<void> | undefined
  private readonly save = useCommand('drafts.save', {
    onError: (error) => {
      this.problem.value = error
      this.state.value = error.code === 'stale' ? 'taken' : error.code === 'not_found' ? 'gone' : 'failed'
      return true
    },
  })

  constructor(options: DraftOptions) {
    this.options = options
    this.uid = ref(options.uid)
    this.state = ref(options.version > 0 ? 'saved' : 'empty')
    this.version = options.version
    this.kept = options.begun ? '' : this.text()
  }

  private text(): string {
    return JSON.stringify(this.options.form)
  }

  dirty(): boolean {
    return this.text() !== this.kept
  }

  /** Another seat has it, or nobody: only the clerk can say how to go on. */
  settled(): boolean {
    return this.state.value === 'taken' || this.state.value === 'gone'
  }

  private async saveOnce(): Promise<boolean> {
    const { options, version } = this
    const text = this.text()
    this.state.value = 'saving'
    const saved = await this.save.run({
      uid: this.uid.value,
      version,
      title: options.title().slice(0, 200),
      step: options.step(),
      content: JSON.parse(text) as Record<string, unknown>,
    })
    if (!saved) return false
    this.version = saved.version
    this.kept = text
    this.problem.value = undefined
    this.state.value = this.dirty() ? 'unsaved' : 'saved'
    if (version === 0) options.created(this.uid.value)
    return true
  }

  private async saveAll(): Promise<void> {
    while (!this.stopped && this.dirty() && !this.settled()) if (!(await this.saveOnce())) return
  }

  async flush(): Promise<boolean> {
    this.running ??= this.saveAll().finally(() => {
      this.running = undefined
    })
    await this.running
    return !this.dirty()
  }

  /** Resolves when nothing is on its way. */
  async idle(): Promise<void> {
    await this.running
  }

  /** From here on the host's version of the draft is `version`, and what is on the page differs from it. */
  private async replace(version: number): Promise<void> {
    this.version = version
    this.kept = ''
    this.state.value = 'unsaved'
    await this.flush()
  }

  async keepMine(): Promise<void> {
    try {
      await this.replace((await call('drafts.get', { uid: this.uid.value })).version)
    } catch (error) {
      this.problem.value = toCallError(error)
      if (this.problem.value.code === 'not_found') this.state.value = 'gone'
    }
  }

  async startAnew(): Promise<void> {
    this.uid.value = newCommandId()
    await this.replace(0)
  }
}

/**
 * Keeps a half-typed intake in the shop's file: a moment after the last key, and at once when a field or the page
 * is left. One save at a time; the next one carries everything typed meanwhile.
 */
export function useDraft(options: DraftOptions): DraftKeeper {
  const saver = new Saver(options)
  const { uid, state, problem } = saver
  let timer: ReturnType<typeof setTimeout> | undefined
  let closed = false

  const flush = (): Promise<boolean> => {
    clearTimeout(timer)
    return saver.flush()
  }

  watch(
    () => options.form,
    () => {
      if (closed || saver.settled() || !saver.dirty()) return
      if (state.value !== 'saving') state.value = 'unsaved'
      clearTimeout(timer)
      timer = setTimeout(() => void flush(), pauseMs)
    },
    { deep: true },
  )
  if (options.begun) void flush()

  const leaving = (): void => {
    if (document.visibilityState === 'hidden') void flush()
  }
  document.addEventListener('visibilitychange', leaving)
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', leaving)
    void flush()
  })

  function setClosed(now: boolean): void {
    closed = now
    saver.stopped = now
  }

  return {
    uid,
    state,
    problem,
    flush,
    keepMine: () => saver.keepMine(),
    startAnew: () => saver.startAnew(),
    async close() {
      clearTimeout(timer)
      setClosed(true)
      await saver.idle()
    },
    reopen() {
      setClosed(false)
      void flush()
    },
  }
}
