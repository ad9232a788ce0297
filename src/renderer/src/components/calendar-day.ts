/** Days as people type them: `2026-11-22`, `2026/11/2`, `20261122`, `2026年11月2日`. */
const written = [
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/,
  /^(\d{4})(\d{2})(\d{2})$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})日?$/,
]

/** The day a text names as `YYYY-MM-DD`, or undefined where there is no such day (1900 to 2200). */
export function readDay(text: string): string | undefined {
  const clean = text.normalize('NFKC').replaceAll(/\s/g, '')
  const match = written.map((pattern) => pattern.exec(clean)).find((one) => one !== null)
  if (!match) return undefined
  const [year = '', month = '', day = ''] = match.slice(1)
  const on = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const at = Date.parse(`${on}T00:00:00Z`)
  if (Number.isNaN(at) || Number(year) < 1900 || Number(year) > 2200) return undefined
  // The engine reads 31 February as 3 March.
  return new Date(at).toISOString().startsWith(on) ? on : undefined
}
