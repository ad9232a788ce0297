import type { Language } from '#contract/fields.ts'
import { escaped } from '../html.ts'

/** One screen of a device, drawn: its heading and lines, with the one to press marked by a star. */
type Screen = readonly [heading: string, ...lines: readonly string[]]

/* Drawn and not photographed: every version of a system looks a little different, the words to look for stay. */
const screens: Record<Language, readonly (readonly Screen[])[]> = {
  en: [
    [
      ['Settings', '*Profile Downloaded'],
      ['Install Profile', 'Benchside …', '*Install'],
      ['Certificate Trust Settings', 'Benchside …', '*⬤ on'],
    ],
    [
      ['Install a certificate', '*CA certificate', 'VPN & app user certificate'],
      ['Your data won’t be private', 'Don’t install', '*Install anyway'],
    ],
    [
      ['Certificate', '*Install Certificate…'],
      ['Certificate Store', 'Personal', '*Trusted Root Certification Authorities'],
    ],
    [['Benchside …', '▾ Trust', 'When using this certificate:', '*Always Trust']],
  ],
  'zh-CN': [
    [
      ['设置', '*已下载描述文件'],
      ['安装描述文件', 'Benchside …', '*安装'],
      ['证书信任设置', 'Benchside …', '*⬤ 打开'],
    ],
    [
      ['安装证书', '*CA 证书', 'VPN 和应用用户证书'],
      ['您的数据将不再是私密的', '不安装', '*仍然安装'],
    ],
    [
      ['证书', '*安装证书…'],
      ['证书存储', '个人', '*受信任的根证书颁发机构'],
    ],
    [['Benchside …', '▾ 信任', '使用此证书时：', '*始终信任']],
  ],
}

export const screenStyle = `
  .screens { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: .75rem }
  figure { flex: 1 1 8rem; margin: 0; border: 1px solid var(--line); border-radius: 10px; overflow: hidden; font-size: .8125rem }
  figcaption, figure span { display: block; padding: .35rem .6rem }
  figcaption { background: var(--soft); color: var(--muted); font-weight: 600 }
  figure span { border-top: 1px solid var(--line) }
  figure b { display: block; padding: .35rem .6rem; border-top: 1px solid var(--line); outline: 2px solid var(--accent);
    outline-offset: -4px; border-radius: 8px; color: var(--accent) }`

function drawn([heading, ...lines]: Screen): string {
  const line = (text: string) =>
    text.startsWith('*') ? `<b>${escaped(text.slice(1))}</b>` : `<span>${escaped(text)}</span>`
  return `<figure><figcaption>${escaped(heading)}</figcaption>${lines.map(line).join('')}</figure>`
}

/** What one sees on the device of this place in the list of steps; the steps beside it say the same to a screen reader. */
export function screensOf(language: Language, device: number): string {
  const own = screens[language][device] ?? []
  return `<div class="screens" aria-hidden="true">${own.map(drawn).join('')}</div>`
}
