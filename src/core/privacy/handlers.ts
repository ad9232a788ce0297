import type { PersonalData } from '#contract/privacy.ts'
import type { HandlersOf, QueryContext } from '../context.ts'
import { columnsOf, dataClasses, type DataClass } from './classes.ts'
import { erasePerson, erasePreview } from './erase-person.ts'
import { retentionDue } from './retention.ts'

function shown({ settings }: QueryContext, data: DataClass): PersonalData {
  const { key, subject, erasure, kept } = data
  const value =
    kept === null || kept === 'passcodePurgeDays' ? settings.passcodePurgeDays : settings.retention[kept]
  return {
    key,
    subject,
    erasure,
    kept: kept === null ? null : { setting: kept, value },
    columns: columnsOf(data),
  }
}

export const privacyHandlers: HandlersOf<'privacy'> = {
  inventory: (ctx) => dataClasses.map((data) => shown(ctx, data)),
  retentionDue,
  erasePreview,
  erasePerson,
}
