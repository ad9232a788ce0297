declare const __APP_VERSION__: string

/** The program's version, from package.json at build time; `dev` when run from source. */
export const programVersion: string = typeof __APP_VERSION__ === 'string' ? __APP_VERSION__ : 'dev'
