import type { Import, Source } from './sources.ts'

/* The table of "who may import whom" (docs: the plan of the house, §3). Every rule answers the sentence that a
 * forbidden import breaks, or undefined. */
type Rule = (from: string, to: Import) => string | undefined

const contractPackages = new Set(['zod', '@orpc/contract'])
const corePackages = new Set(['better-sqlite3', 'drizzle-orm', 'pinyin-pro', 'temporal-polyfill', 'zod'])
const shellOnly = new Set(['electron'])
const hostOnly = new Set(['better-sqlite3', 'drizzle-orm', 'fastify', 'pdfmake', 'pino'])
const windowOnly = new Set([
  'vue',
  'vue-router',
  'vue-i18n',
  'pinia',
  '@pinia/colada',
  'element-plus',
  'echarts',
])
const wrapped = new Set(['element-plus', 'echarts'])

const coreDoors = new Set([
  'src/core/app.ts',
  'src/core/db/open.ts',
  'src/core/db/backup.ts',
  // The full export reads and writes whole tables (decision 015).
  'src/core/db/transfer.ts',
])
const coreTop = new Set(['src/core/app.ts', 'src/core/dispatch.ts', 'src/core/handlers.ts'])
/** `views.ts` reads across modules for what a screen shows (decision 005). */
const moduleDoors = new Set(['queries.ts', 'steps.ts', 'views.ts'])
const schemaFolder = 'src/core/db/schema/'

const ruleOfArea: Readonly<Record<string, Rule>> = {
  contract: (_from, to) => {
    if (to.isPackage) {
      return contractPackages.has(to.target)
        ? undefined
        : 'contract takes no package but zod and @orpc/contract'
    }
    return areaOf(to.target) === 'contract' ? undefined : 'contract imports only contract'
  },
  core: coreRule,
  host: (_from, to) => {
    if (to.isPackage) {
      return shellOnly.has(to.target) || windowOnly.has(to.target)
        ? 'host runs under plain Node: no Electron, nothing of the window'
        : undefined
    }
    const area = areaOf(to.target)
    if (area === 'host' || area === 'contract') return undefined
    if (coreDoors.has(to.target)) return undefined
    return area === 'core'
      ? 'host enters core by app.ts, db/open.ts, db/backup.ts and db/transfer.ts only'
      : 'host imports only contract, host and the four doors of core'
  },
  main: shellRule('main'),
  preload: shellRule('preload'),
  renderer: rendererRule,
  headquarters: (_from, to) => {
    if (to.isPackage) return undefined
    const area = areaOf(to.target)
    return area === 'contract' || area === 'headquarters'
      ? undefined
      : 'headquarters imports only contract and headquarters'
  },
}

/** What is wrong with the imports of one file under src/, one sentence for each forbidden import. */
export function forbiddenImports(source: Source): string[] {
  const rule = ruleOfArea[areaOf(source.path)]
  if (rule === undefined) return [`${source.path}: src/ has no folder ${areaOf(source.path)}`]
  return source.imports.flatMap((to) => {
    const broken = rule(source.path, to)
    return broken === undefined ? [] : [`${source.path} imports '${to.specifier}': ${broken}`]
  })
}

/** The table names of core that a file outside core/db takes from the schema. */
export function tablesTaken(source: Source): string[] {
  if (coreModuleOf(source.path) === 'db') return []
  return source.imports.filter((to) => to.target.startsWith(schemaFolder)).flatMap((to) => to.names)
}

/** Of `src/core/repairs/store.ts` it is `core`; a path outside src/ has no area. */
function areaOf(path: string): string {
  const [top, area] = path.split('/')
  return top === 'src' && area !== undefined ? area : ''
}

/** The module a file of core belongs to (`repairs`, `kernel`, `db`); '' for app.ts and dispatch.ts. */
export function coreModuleOf(path: string): string {
  const parts = path.split('/')
  return parts[0] === 'src' && parts[1] === 'core' && parts.length > 3 ? (parts[2] ?? '') : ''
}

function coreRule(from: string, to: Import): string | undefined {
  if (to.isPackage) {
    const known = corePackages.has(to.target) || to.target.startsWith('node:')
    return known
      ? undefined
      : 'core takes only Node, zod, Drizzle, better-sqlite3, temporal-polyfill, pinyin-pro'
  }
  if (areaOf(to.target) === 'contract') return undefined
  if (areaOf(to.target) !== 'core') return 'core imports only contract and core'
  const own = coreModuleOf(from)
  const other = coreModuleOf(to.target)
  if (to.target.startsWith(schemaFolder)) return schemaRule(from, own)
  if (own === 'kernel') {
    return other === 'kernel' || other === 'db' ? undefined : 'kernel imports no module'
  }
  if (own === 'db') {
    return other === 'db' || other === 'kernel' ? undefined : 'core/db imports no module'
  }
  if (other === own || other === 'kernel' || other === 'db') return undefined
  if (own === '') {
    const name = fileName(to.target)
    return name === 'handlers.ts' || moduleDoors.has(name)
      ? undefined
      : 'the top of core enters a module by handlers.ts, queries.ts, steps.ts and views.ts only'
  }
  if (other === '') {
    return to.typeOnly || !coreTop.has(to.target) ? undefined : 'a module does not call what calls it'
  }
  return moduleDoors.has(fileName(to.target))
    ? undefined
    : 'a module enters another by its queries.ts, steps.ts and views.ts only'
}

function schemaRule(from: string, own: string): string | undefined {
  if (own === 'db' || own === 'kernel' || own === '') return undefined
  // A module with two aggregates may have a store for each: people-store.ts beside store.ts.
  return /^([a-z]+-)?store\.ts$/.test(fileName(from))
    ? undefined
    : "only a module's store.ts names its tables"
}

function shellRule(own: string): Rule {
  return (_from, to) => {
    if (to.isPackage) {
      return hostOnly.has(to.target) || windowOnly.has(to.target)
        ? `${own} is a thin shell: no database, no server, nothing of the window`
        : undefined
    }
    if (areaOf(to.target) === own) return undefined
    if (areaOf(to.target) !== 'contract') return `${own} imports only ${own} and types of contract`
    return to.typeOnly ? undefined : `${own} takes only types from contract`
  }
}

function rendererRule(from: string, to: Import): string | undefined {
  if (to.isPackage) {
    if (to.target.startsWith('node:') || shellOnly.has(to.target) || hostOnly.has(to.target)) {
      return 'the window runs in any browser: no Node, no Electron, no database'
    }
    if (!wrapped.has(to.target) || mayWrap(from)) return undefined
    return 'only components/ and app/theme import Element Plus and ECharts'
  }
  if (areaOf(to.target) === 'contract') return undefined
  if (areaOf(to.target) !== 'renderer') return 'the window imports only contract'
  const feature = featureOf(to.target)
  if (feature === '' || feature === featureOf(from)) return undefined
  if (featureOf(from) !== '') return 'features do not import each other: what two share moves to components/'
  return from.startsWith('src/renderer/src/app/') || from === 'src/renderer/src/main.ts'
    ? undefined
    : 'only app/ imports features'
}

function mayWrap(path: string): boolean {
  return path.startsWith('src/renderer/src/components/') || path.startsWith('src/renderer/src/app/theme')
}

function featureOf(path: string): string {
  return /^src\/renderer\/src\/features\/([^/]+)\//.exec(path)?.[1] ?? ''
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
