/** Browsers by the word that tells them from those that claim to be like them; the first that fits counts. */
const browsers: readonly [word: RegExp, name: string][] = [
  [/Edg(?:A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/MicroMessenger\//, 'WeChat'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Electron\//, 'Benchside'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const devices: readonly [word: RegExp, name: string][] = [
  [/iPad/, 'iPad'],
  [/iPhone/, 'iPhone'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Macintosh/, 'Mac'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]

/** How a person calls a browser that names itself in a hundred characters: `Safari · iPad`; empty when it is none. */
export function agentName(agent: string): string {
  const named = (list: typeof browsers): string => list.find(([word]) => word.test(agent))?.[1] ?? ''
  return [named(browsers), named(devices)].filter((one) => one !== '').join(' · ')
}
