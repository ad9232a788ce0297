export interface StartOptions {
  readonly browser: boolean
  readonly data: string | undefined
  readonly demo: boolean
  readonly lang: string | undefined
  readonly port: number
}

export function readStartOptions(argv: readonly string[]): StartOptions | undefined
export function desktopArguments(options: StartOptions): string[]
