import { escaped, htmlPage } from '../html.ts'
import type { Damage } from './damage.ts'

/* The window's texts come through the host, which is what does not run here; so this page brings its own, in both
 * languages at once, because nobody knows who stands before it. */

const style = `
:root{color-scheme:light dark;font:16px/1.55 system-ui,"Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif}
body{margin:0;padding:clamp(1rem,4vw,3rem);background:Canvas;color:CanvasText}
main{max-width:44rem;margin:0 auto}
section{border:1px solid GrayText;border-radius:10px;padding:1rem 1.25rem;margin:1rem 0}
h1{font-size:1.4rem;margin:0 0 .25rem}
dl{display:grid;grid-template-columns:minmax(0,11rem) 1fr;gap:.25rem 1.25rem;margin:.5rem 0}
dt{opacity:.75}dd{margin:0;font-variant-numeric:tabular-nums}
label{display:flex;gap:.6rem;align-items:baseline;margin:.75rem 0}
button{font:inherit;font-weight:600;padding:.6rem 1.2rem;border-radius:8px;border:0;background:#1d5fd1;color:#fff;cursor:pointer}
button:focus-visible,input:focus-visible{outline:3px solid #e08a00;outline-offset:2px}
code{overflow-wrap:anywhere}`

/** The shop's zone stands in the file that cannot be read, so it is this computer's. */
function moment(at: number | null): string {
  if (at === null) return '—'
  return escaped(new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' }).format(at))
}

function count(value: number | null, unreadable: string): string {
  return value === null ? unreadable : String(value)
}

function frame(title: string, body: string, head = ''): string {
  return htmlPage({ language: 'zh-CN', title, style, body, head })
}

interface Words {
  readonly lang: 'zh-CN' | 'en'
  readonly title: string
  readonly what: string
  readonly writtenAt: string
  readonly backup: string
  readonly holds: string
  readonly newest: string
  readonly lost: string
  readonly repairs: string
  readonly invoices: string
  readonly payments: string
  readonly acts: string
  readonly lastAt: string
  readonly unreadable: string
  readonly none: string
}

const words: readonly Words[] = [
  {
    lang: 'zh-CN',
    title: '店铺的数据文件已损坏',
    what: 'Benchside 无法读取店铺的数据文件，因此没有打开它，也没有改动任何内容。请不要删除任何文件。',
    writtenAt: '文件最后写入',
    backup: '最新的完好备份',
    holds: '备份中的维修单',
    newest: '其中最新的单号',
    lost: '恢复后将丢失备份之后的内容：',
    repairs: '新收的维修单',
    invoices: '开具的发票',
    payments: '收款',
    acts: '全部操作',
    lastAt: '最后一次操作',
    unreadable: '已无法读出',
    none: '备份文件夹中没有完好的备份。请接上存放备份副本的磁盘，再用 npm run restore -- 文件 恢复；损坏的文件请保留。',
  },
  {
    lang: 'en',
    title: 'The shop’s data file is damaged',
    what: 'Benchside cannot read the shop’s data file; it was not opened and nothing was changed. Please delete nothing.',
    writtenAt: 'File last written',
    backup: 'Newest good backup',
    holds: 'Repairs in the backup',
    newest: 'Newest number in it',
    lost: 'Restoring loses what came after the backup:',
    repairs: 'Repairs received',
    invoices: 'Invoices issued',
    payments: 'Payments',
    acts: 'Acts of any kind',
    lastAt: 'Last act',
    unreadable: 'can no longer be read',
    none: 'There is no good backup in the backups folder. Connect the disk with the copies and restore with npm run restore -- FILE; keep the damaged file.',
  },
]

function told(say: Words, { writtenAt, backup }: Damage, data: string): string {
  const row = (name: string, value: string) => `<dt>${name}</dt><dd>${value}</dd>`
  const found = backup
    ? `<dl>${row(say.backup, moment(backup.at))}${row(say.holds, String(backup.repairs))}${row(say.newest, escaped(backup.newestRepair ?? '—'))}</dl>
<p>${say.lost}</p><dl>${row(say.repairs, count(backup.lost.repairs, say.unreadable))}${row(say.invoices, count(backup.lost.invoices, say.unreadable))}${row(say.payments, count(backup.lost.payments, say.unreadable))}${row(say.acts, count(backup.lost.acts, say.unreadable))}${row(say.lastAt, moment(backup.lost.lastAt))}</dl>`
    : `<p><strong>${say.none}</strong></p>`
  return `<section lang="${say.lang}"><h1>${say.title}</h1><p>${say.what}</p>
<dl>${row(say.writtenAt, moment(writtenAt))}</dl>${found}<p><code>${escaped(data)}</code></p></section>`
}

/** What is damaged, what there is, and, where there is a good backup, the button. `token` proves the page is ours. */
export function damagePage(damage: Damage, data: string, token: string): string {
  const form = damage.backup
    ? `<form method="post" action="/restore"><input type="hidden" name="token" value="${token}">
<label><input type="checkbox" name="understood" required><span>我明白备份之后的内容将丢失；损坏的文件会保留。<br>I understand that what came after the backup is lost; the damaged file is kept.</span></label>
<button>恢复备份 · Restore the backup</button></form>`
    : ''
  return frame('Benchside', words.map((say) => told(say, damage, data)).join('') + form)
}

/** Said after the exchange; the page asks for the shop by itself, as soon as it is open again. */
export function restoredPage(aside: string): string {
  const body = `<section lang="zh-CN"><h1>已恢复</h1><p>损坏的文件保留在 <code>${escaped(aside)}</code>。店铺即将打开，请重新登录。</p></section>
<section lang="en"><h1>Restored</h1><p>The damaged file is kept in <code>${escaped(aside)}</code>. The shop opens in a moment; please sign in again.</p></section>`
  return frame('Benchside', body, '<meta http-equiv="refresh" content="4;url=/">')
}

/** The restore did not work; nothing was replaced. */
export function failedPage(code: string): string {
  const body = `<section lang="zh-CN"><h1>未能恢复</h1><p>没有替换任何文件。代码：${escaped(code)}</p><p><a href="/">返回</a></p></section>
<section lang="en"><h1>Not restored</h1><p>Nothing was replaced. Code: ${escaped(code)}</p><p><a href="/">Back</a></p></section>`
  return frame('Benchside', body)
}
