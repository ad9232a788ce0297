import type { Language } from '#contract/fields.ts'

/** What a tablet that does not trust the shop's computer yet is told. */
export interface TrustWords {
  readonly language: string
  readonly title: string
  readonly why: string
  readonly download: string
  readonly fingerprint: string
  readonly compare: string
  readonly steps: readonly { readonly device: string; readonly steps: readonly string[] }[]
  readonly thenOpen: string
  readonly open: string
  readonly limits: string
  readonly none: string
  readonly remove: string
}

const en: TrustWords = {
  language: 'English',
  title: 'Trust this shop’s computer',
  why: 'The connection to the shop’s computer is encrypted. For your tablet or phone to know that it speaks with the right one, it needs the shop’s certificate once. This takes two minutes.',
  download: 'Download the certificate',
  fingerprint: 'Fingerprint (SHA-256)',
  compare:
    'Before you trust it, compare the first and last figures with those in Settings → Other seats on the shop’s computer.',
  steps: [
    {
      device: 'iPad and iPhone',
      steps: [
        'Open this page in Safari and press “Download the certificate”, then “Allow”.',
        'Open Settings. At the top stands “Profile Downloaded”: press it, then “Install”.',
        'Go to Settings → General → About → Certificate Trust Settings.',
        'Switch the shop’s certificate on and press “Continue”.',
      ],
    },
    {
      device: 'Android',
      steps: [
        'Press “Download the certificate” and keep the file.',
        'Open Settings and search for “CA certificate” (Security → Encryption & credentials → Install a certificate).',
        'Choose “CA certificate”, then “Install anyway”, and pick the file.',
        'Chrome uses it at once; Firefox has a switch of its own for it.',
      ],
    },
    {
      device: 'Windows',
      steps: [
        'Press “Download the certificate” and open the file.',
        'Press “Install Certificate…”, choose “Current User”.',
        'Choose “Place all certificates in the following store” → “Trusted Root Certification Authorities”.',
        'Press “Finish”, then “Yes”, and start the browser again.',
      ],
    },
    {
      device: 'Mac',
      steps: [
        'Press “Download the certificate” and open the file: it lands in Keychain Access.',
        'Double-click it there, open “Trust” and choose “Always Trust”.',
        'Close the window and give your password.',
      ],
    },
  ],
  thenOpen: 'Then open Benchside:',
  open: 'Open Benchside',
  limits:
    'The certificate can only speak for addresses inside a local network. It cannot pose as a website on the internet.',
  none: 'This shop does not use encrypted connections. There is nothing to install.',
  remove: 'When a device leaves the shop, take the certificate out again in the same place.',
}

const zh: TrustWords = {
  language: '中文',
  title: '信任本店电脑',
  why: '与本店电脑的连接是加密的。平板或手机要确认连的是本店电脑，需要先安装一次本店的证书，大约两分钟。',
  download: '下载证书',
  fingerprint: '指纹（SHA-256）',
  compare: '信任之前，请与本店电脑“设置 → 其他座位”里显示的指纹核对开头和结尾几位。',
  steps: [
    {
      device: 'iPad 和 iPhone',
      steps: [
        '用 Safari 打开本页，点“下载证书”，再点“允许”。',
        '打开“设置”，顶部会出现“已下载描述文件”，点进去后点“安装”。',
        '进入“设置 → 通用 → 关于本机 → 证书信任设置”。',
        '打开本店证书的开关，点“继续”。',
      ],
    },
    {
      device: '安卓',
      steps: [
        '点“下载证书”，保存文件。',
        '打开“设置”，搜索“CA 证书”（安全 → 加密与凭据 → 安装证书）。',
        '选择“CA 证书”，点“仍然安装”，选中刚才的文件。',
        'Chrome 立即生效；Firefox 需在自己的设置里另外打开。',
      ],
    },
    {
      device: 'Windows',
      steps: [
        '点“下载证书”，打开文件。',
        '点“安装证书…”，选择“当前用户”。',
        '选择“将所有的证书都放入下列存储” → “受信任的根证书颁发机构”。',
        '点“完成”，再点“是”，然后重新启动浏览器。',
      ],
    },
    {
      device: 'Mac',
      steps: [
        '点“下载证书”，打开文件，证书会进入“钥匙串访问”。',
        '在那里双击它，展开“信任”，选择“始终信任”。',
        '关闭窗口并输入密码。',
      ],
    },
  ],
  thenOpen: '然后打开 Benchside：',
  open: '打开 Benchside',
  limits: '此证书只能用于局域网内的地址，不能冒充互联网上的网站。',
  none: '本店没有使用加密连接，无需安装任何东西。',
  remove: '设备不再属于本店时，请在同一处删除此证书。',
}

export const trustWords: Record<Language, TrustWords> = { en, 'zh-CN': zh }
