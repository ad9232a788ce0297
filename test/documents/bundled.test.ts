import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

import { build } from 'vite'
import { expect, test } from 'vitest'

import { readPdf } from './read-pdf.ts'
import { emptyRepair } from './samples.ts'

const root = resolve(import.meta.dirname, '../..')

/* The PDF library was written for CommonJS: __dirname and files beside it are gone in the bundle, and that shows
 * only when the bundle runs where no node_modules is near. */
test('the bundled host prints without node_modules, and loads the PDF library only when it prints', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'benchside-documents-'))
  try {
    await build({
      root,
      configFile: false,
      logLevel: 'silent',
      ssr: { noExternal: true, target: 'node' },
      build: {
        ssr: resolve(root, 'src/host/documents/index.ts'),
        outDir: folder,
        target: 'node24',
        rolldownOptions: {
          output: { format: 'es', entryFileNames: 'documents.mjs', chunkFileNames: '[name].mjs' },
        },
      },
    })
    const script = `
      import { createDocuments } from './documents.mjs'
      const before = process.memoryUsage().rss
      const documents = createDocuments({ fontsDir: ${JSON.stringify(join(root, 'resources/fonts'))} })
      const idle = process.memoryUsage().rss - before
      const bytes = await documents.renderDeviceLabel(${JSON.stringify(emptyRepair('en'))})
      process.stdout.write(JSON.stringify({ idle, pdf: Buffer.from(bytes).toString('base64') }))`
    await writeFile(join(folder, 'print.mjs'), script)
    const { stdout } = await promisify(execFile)(process.execPath, ['print.mjs'], {
      cwd: folder,
      maxBuffer: 1e8,
    })
    const { idle, pdf } = JSON.parse(stdout) as { idle: number; pdf: string }
    expect(idle).toBeLessThan(5_000_000)
    expect(readPdf(Buffer.from(pdf, 'base64')).pages[0]?.text).toContain('20231027001')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
