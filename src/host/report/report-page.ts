import type { Language } from '#contract/fields.ts'
import type { OutputOf } from '#contract/method-types.ts'
import type { RepairState } from '#contract/repair-states.ts'
import { escaped, htmlPage } from '../html.ts'
import { reportWords } from './words.ts'

/** What the page shows; nothing of the customer, for a ticket may lie about. */
export interface ReportData {
  readonly language: Language
  readonly shopName: string
  readonly shopPhone: string
  readonly shopAddress: string
  readonly timeZone: string
  readonly device: string
  readonly repair: OutputOf<'repairs.get'>
  readonly work: OutputOf<'work.ofRepair'>
  readonly parts: OutputOf<'stock.ofRepair'>
  /** Null until there is something to report. */
  readonly pdfPath: string | null
}

const finished: ReadonlySet<RepairState> = new Set(['processed', 'collected', 'closed', 'unclaimed'])

/** True once the work is done, so that findings are no longer guesses. */
export function isFinished(state: RepairState): boolean {
  return finished.has(state)
}

const style = `
  :root { color-scheme: light dark; --accent: #1f6feb; --line: #d8dde4; --muted: #5a6472 }
  @media (prefers-color-scheme: dark) { :root { --accent: #6ea8fe; --line: #3a424e; --muted: #a3adba } }
  * { box-sizing: border-box }
  body { margin: 0; font: 16px/1.5 system-ui, sans-serif }
  main { max-width: 40rem; margin: 0 auto; padding: 1.5rem 1rem 3rem }
  header p, dt, footer { color: var(--muted) }
  header p { margin: 0 }
  h1 { font-size: 1.25rem; margin: .25rem 0 0 }
  .state { margin: 1.25rem 0; padding: .75rem 1rem; border: 1px solid var(--line); border-left: 4px solid var(--accent);
    border-radius: 6px; font-size: 1.125rem; font-weight: 600 }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0 }
  dd { margin: 0; overflow-wrap: anywhere }
  h2 { font-size: 1rem; margin: 1.5rem 0 .25rem }
  .tested { margin-top: 1.5rem }
  ul { margin: 0; padding-left: 1.25rem }
  p { margin: .25rem 0; white-space: pre-wrap; overflow-wrap: anywhere }
  a.pdf { display: inline-block; margin-top: 1.5rem; padding: .625rem 1rem; border-radius: 6px; border: 1px solid var(--accent);
    color: var(--accent); text-decoration: none; font-weight: 600 }
  footer { margin-top: 2rem; border-top: 1px solid var(--line); padding-top: .75rem; font-size: .875rem }`

function reportFrame(language: Language, title: string, body: string): string {
  return htmlPage({ language, title, style, body })
}

function section(title: string, items: readonly string[]): string {
  const kept = items.filter((item) => item.trim() !== '')
  if (kept.length === 0) return ''
  const [only] = kept
  const text =
    kept.length === 1 && only !== undefined
      ? `<p>${escaped(only)}</p>`
      : `<ul>${kept.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`
  return `<section><h2>${escaped(title)}</h2>${text}</section>`
}

/** The page behind the QR of a ticket (W13): how far the repair is, and what was done once it is done. */
export function reportPage(data: ReportData): string {
  const { language, repair, work, parts } = data
  const words = reportWords[language]
  const day = (at: number) =>
    new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: data.timeZone }).format(at)
  const rows: [string, string][] = [[words.received, day(repair.receivedAt)]]
  if (repair.dueOn && !isFinished(repair.state)) rows.push([words.promised, repair.dueOn])
  if (repair.collectedAt) rows.push([words.collected, day(repair.collectedAt)])
  const done = isFinished(repair.state)
  if (done && repair.outcome) rows.push([words.outcome, words.outcomes[repair.outcome]])
  const findings = repair.attempts.filter((one) => one.result === 'solved').map((one) => one.findings)
  const used = parts
    .filter((part) => part.state === 'used')
    .map((part) => {
      const name = (language === 'zh-CN' ? part.label.zh : part.label.en) || part.label.zh || part.label.en
      const serial = part.serial === '' ? '' : ` · ${part.serial}`
      return `${name}${serial}${part.oldSerial === '' ? '' : ` (${words.replaced} ${part.oldSerial})`}`
    })
  const body = `<header><p>${escaped(data.shopName)}</p><h1>${escaped(words.title)} ${escaped(repair.number)}</h1>
<p>${escaped(data.device)}</p></header>
<div class="state">${escaped(words.states[repair.state])}</div>
<dl>${rows.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>
${section(words.fault, [repair.faultText])}
${done ? section(words.findings, findings) : ''}
${
  done
    ? section(
        words.work,
        work.labour.map((line) => line.description),
      )
    : ''
}
${done ? section(words.parts, used) : ''}
${done && work.tests.at(-1)?.passed ? `<p class="tested">${escaped(words.tested)}</p>` : ''}
${data.pdfPath === null ? '' : `<a class="pdf" href="${escaped(data.pdfPath)}">${escaped(words.download)}</a>`}
<footer>${data.shopPhone === '' ? '' : `<p>${escaped(words.contact)} ${escaped(data.shopPhone)}</p>`}<p>${escaped(data.shopAddress)}</p></footer>`
  return reportFrame(language, `${words.title} ${repair.number} · ${data.shopName}`, body)
}

/** For a link that was never given out, mistyped or taken back: it says nothing about any repair. */
export function unknownReportPage(languages: readonly Language[]): string {
  const [first = 'en'] = languages
  const body = languages
    .map((language) => {
      const words = reportWords[language]
      return `<section lang="${language}"><h1>${escaped(words.unknownTitle)}</h1><p>${escaped(words.unknownText)}</p></section>`
    })
    .join('')
  return reportFrame(first, reportWords[first].unknownTitle, body)
}
