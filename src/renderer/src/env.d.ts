/// <reference types="vite/client" />

/** Version of package.json, put in when the window is built. */
declare const __APP_VERSION__: string
