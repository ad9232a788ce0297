import { languages, type Language } from '#contract/fields.ts'
import { escaped, htmlPage } from '../html.ts'
import { screensOf, screenStyle } from './screens.ts'
import { trustWords } from './words.ts'

export interface TrustPage {
  readonly language: Language
  readonly shopName: string
  /** Null when the shop has no certificate authority. */
  readonly sha256: string | null
  /** Where Benchside is opened afterwards; null while the seats do not use HTTPS. */
  readonly secureUrl: string | null
}

const style = `
  :root { color-scheme: light dark; --accent: #1f6feb; --on: #fff; --line: #d8dde4; --muted: #5a6472; --soft: #f4f6f9 }
  @media (prefers-color-scheme: dark) { :root { --accent: #6ea8fe; --on: #10151c; --line: #3a424e; --muted: #a3adba; --soft: #1c222b } }
  * { box-sizing: border-box }
  body { margin: 0; font: 16px/1.55 system-ui, sans-serif }
  main { max-width: 46rem; margin: 0 auto; padding: 1.25rem 1rem 3rem }
  header { display: flex; justify-content: space-between; gap: 1rem; color: var(--muted) }
  header a { padding: .75rem 0; margin: -.75rem 0 }
  h1 { font-size: 1.5rem; line-height: 1.3; margin: .5rem 0 .75rem }
  a { color: var(--accent) }
  a.button { display: inline-flex; align-items: center; min-height: 48px; padding: .5rem 1.25rem; border-radius: 8px;
    border: 1px solid var(--accent); background: var(--accent); color: var(--on); text-decoration: none; font-weight: 600 }
  a.plain { background: none; color: var(--accent) }
  .print { margin: 1.25rem 0; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: 8px; background: var(--soft) }
  .print p { margin: 0; color: var(--muted); font-size: .875rem }
  code { display: block; margin: .25rem 0; font: 13px/1.6 ui-monospace, monospace }
  .devices { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(19rem, 100%), 1fr)); gap: 1rem }
  section { padding: .25rem 1rem 1rem; border: 1px solid var(--line); border-radius: 8px }
  h2 { font-size: 1.0625rem; margin: .75rem 0 .25rem }
  ol { margin: 0; padding-left: 1.35rem }
  li { margin: .35rem 0 }
  footer { margin-top: 1.5rem; border-top: 1px solid var(--line); padding-top: .75rem; color: var(--muted); font-size: .875rem }`

/** The page at /trust: how a tablet, a phone or a computer learns to trust the shop's own certificates. */
export function trustPage({ language, shopName, sha256, secureUrl }: TrustPage): string {
  const words = trustWords[language]
  const others = languages
    .filter((one) => one !== language)
    .map((one) => `<a href="/trust?lang=${one}" lang="${one}">${trustWords[one].language}</a>`)
    .join('')
  const devices = words.steps
    .map(
      ({ device, steps }, index) =>
        `<section><h2>${escaped(device)}</h2><ol>${steps.map((step) => `<li>${escaped(step)}</li>`).join('')}</ol>${screensOf(language, index)}</section>`,
    )
    .join('\n')
  const how =
    sha256 === null
      ? `<p>${escaped(words.none)}</p>`
      : `<p>${escaped(words.why)}</p>
<p><a class="button" href="/trust/benchside.crt" download>${escaped(words.download)}</a></p>
<div class="print"><p>${escaped(words.fingerprint)}</p><code>${escaped(sha256).replaceAll(':', ':<wbr>')}</code><p>${escaped(words.compare)}</p></div>
<div class="devices">${devices}</div>
${
  secureUrl === null
    ? ''
    : `<p>${escaped(words.thenOpen)}</p><p><a class="button plain" href="${escaped(secureUrl)}">${escaped(words.open)}</a></p>`
}
<footer><p>${escaped(words.limits)}</p><p>${escaped(words.remove)}</p></footer>`
  return htmlPage({
    language,
    title: `${words.title} · ${shopName}`,
    style: style + screenStyle,
    body: `<header><span>${escaped(shopName)}</span><nav>${others}</nav></header>
<h1>${escaped(words.title)}</h1>
${how}`,
  })
}
