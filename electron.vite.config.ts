import { globSync } from 'node:fs'
import { basename, resolve } from 'node:path'

import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'

import packageJson from './package.json' with { type: 'json' }

const root = import.meta.dirname
const define = { __APP_VERSION__: JSON.stringify(packageJson.version) }

/* A worker thread is started by its file name, so each one is an entry of its own: src/host/x/report-worker.ts
 * becomes out/main/report-worker.js, beside host.js. */
const workers = globSync('src/host/**/*-worker.ts', { cwd: root }).map((file): [string, string] => [
  basename(file, '.ts'),
  resolve(root, file),
])

/* electron-vite insists on a relative base in production. The window's routes are nested paths, under which
 * './assets' would point elsewhere; both of its servers (app:// and the host's HTTP) have it at the top. */
const baseAtTheTop: Plugin = {
  name: 'benchside:base-at-the-top',
  enforce: 'post',
  config: () => ({ base: '/' }),
}

/* electron-vite gives each chunk that says `require(` a constant of that name, and fflate has a variable of its own
 * so called: in one chunk the two would not even parse. */
const fflateKeepsItsRequire: Plugin = {
  name: 'benchside:fflate-keeps-its-require',
  transform: (code, id) =>
    id.replaceAll('\\', '/').endsWith('/fflate/esm/index.mjs')
      ? code
          .replace('var require = createRequire', 'var requireOfNode = createRequire')
          .replace("_a = require('worker_threads')", "_a = requireOfNode('worker_threads')")
      : undefined,
}

export default defineConfig({
  main: {
    define,
    plugins: [fflateKeepsItsRequire],
    build: {
      /* Everything is bundled except Electron and what package.json lists under `dependencies`, the native
       * module. What the host imports dynamically stays in chunks of its own, loaded when first needed. */
      externalizeDeps: true,
      target: 'node24',
      rolldownOptions: {
        input: {
          index: resolve(root, 'src/main/index.ts'),
          host: resolve(root, 'src/host/index.ts'),
          ...Object.fromEntries(workers),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      /* A sandboxed preload script can load no module, so it is one CommonJS file with everything inside. */
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: resolve(root, 'src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'src/renderer'),
    plugins: [vue(), baseAtTheTop],
    resolve: { alias: { '@': resolve(root, 'src/renderer/src') } },
    define: {
      ...define,
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
      __VUE_I18N_FULL_INSTALL__: 'true',
      __VUE_I18N_LEGACY_API__: 'false',
      __INTLIFY_DROP_MESSAGE_COMPILER__: 'false',
      __INTLIFY_PROD_DEVTOOLS__: 'false',
    },
    build: {
      outDir: resolve(root, 'out/renderer'),
      /* The same files serve Electron and the browsers of the shop's tablets and phones. */
      target: 'es2022',
      cssTarget: 'safari16.4',
      /* No data: addresses: the content security policy allows files of our own only. */
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 4000,
      minify: true,
      rolldownOptions: { input: resolve(root, 'src/renderer/index.html') },
    },
  },
})
