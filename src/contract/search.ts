import { z } from 'zod'
import { line } from './fields.ts'
import { query } from './method.ts'
import { customerSummary } from './customers.ts'
import { deviceSummary } from './devices.ts'
import { repairCard } from './repairs.ts'

export const searchContract = {
  /**
   * One box (RD#1021, #1234, #1684): number, any four or more digits of a phone in any format,
   * serial, IMEI, name, pinyin or its initials, fault text. Best kind of match first, newest first within it.
   */
  find: query(
    'repairs.read',
    { text: line(200), limit: z.int().min(1).max(50).optional() },
    z.object({
      repairs: z.array(repairCard),
      customers: z.array(customerSummary),
      devices: z.array(deviceSummary),
      /** Set when the text is exactly a repair's number, uid or label link: open it. */
      exactRepairUid: z.string().nullable(),
    }),
  ),
}
