import type { Documents, PaperData } from '../documents/index.ts'
import { moneyPaper, repairPaper, samplePaperOf, statementPaper } from './paper-data.ts'
import type { ReportBase } from './paper-data.ts'
import type { TaskHandlers } from './tasks.ts'

type PaperTasks = Pick<
  TaskHandlers,
  'documents.ofRepair' | 'documents.money' | 'documents.statement' | 'documents.sample'
>

/** The papers of repairs and of money as PDF files named by kind and number. */
export function createPaperTasks(documents: Documents, reportBase: ReportBase): PaperTasks {
  const print = async (kind: string, number: string, data: PaperData) => {
    const bytes = await documents.renderPaper(data)
    const name = `${kind}-${number}.pdf`.replace(/[^\w.-]+/g, '-')
    return new File([new Uint8Array(bytes)], name, { type: 'application/pdf' })
  }
  return {
    async 'documents.ofRepair'(ctx, input) {
      const { data, number } = await repairPaper(ctx, input, reportBase)
      return print(input.kind, number, data)
    },
    async 'documents.money'(ctx, input) {
      const { data, number } = await moneyPaper(ctx, input)
      return print(input.kind, number, data)
    },
    async 'documents.statement'(ctx, input) {
      const { data, number } = await statementPaper(ctx, input)
      return print('statement', number, data)
    },
    async 'documents.sample'(ctx, input) {
      const shop = await samplePaperOf(ctx, input)
      return print('sample', input.kind, await documents.samplePaper(input.kind, shop))
    },
  }
}
