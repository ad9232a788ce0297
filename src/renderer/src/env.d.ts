/// <reference types="vite/client" />

/** Version of package.json, put in when the window is built. */
declare const __APP_VERSION__: string

interface Window {
  /** Present in the Electron window only: asks the shell for a port to the host. */
  readonly benchside?: { connect(): Promise<void> }
}
