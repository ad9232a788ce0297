export interface Notice {
  readonly kind: 'success' | 'warning' | 'error' | 'info'
  readonly text: string
}

let show: ((notice: Notice) => void) | undefined

/** Given once by the component that shows short messages. */
export function setNotifier(notifier: (notice: Notice) => void): void {
  show = notifier
}

/** A short message at the edge of the window, already translated. */
export function notify(kind: Notice['kind'], text: string): void {
  show?.({ kind, text })
}
