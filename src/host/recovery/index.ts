import { AppError, systemClock } from '#core/app.ts'
import { readMigrations } from '../data-folder.ts'
import { examineDamage, restoreNewest, type Damage } from './damage.ts'
import { serveRecovery } from './serve.ts'

export interface RecoverOptions {
  readonly data: string
  /** The program's own folder. */
  readonly root: string
  readonly port: number
  /** A person has agreed in the shell to the newest good backup. */
  readonly restoreNewest: boolean
  /** The desktop program tells people itself what is damaged; elsewhere a page does. */
  readonly isDesktop: boolean
  /** Ends the program when even the restored shop cannot be opened. */
  readonly fail: (error: unknown) => void
}

/** The damage as an error's parameters, for the desktop program's dialog; without `backupAt` there is no good backup. */
function paramsOf({ backup }: Damage): Record<string, string | number | null> {
  if (!backup) return {}
  const { at, repairs, newestRepair, lost } = backup
  return {
    backupAt: at,
    repairs,
    newestRepair,
    lostRepairs: lost.repairs,
    lostInvoices: lost.invoices,
    lostPayments: lost.payments,
    lostActs: lost.acts,
    lastAt: lost.lastAt,
  }
}

/**
 * Opens the shop; where its file is damaged, leads to the newest good backup instead of ending. `open` gets the
 * port to serve at. Answers the recovery page while it is served, undefined when the shop is open. Errors: those of `open`.
 */
export async function openOrRecover(
  options: RecoverOptions,
  open: (port: number) => Promise<void>,
): Promise<{ close(): Promise<void> } | undefined> {
  const { data, root, isDesktop } = options
  const migrations = readMigrations(root)
  try {
    await open(options.port)
    return undefined
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'database.damaged')) throw error
    if (options.restoreNewest) {
      const aside = await restoreNewest(data, migrations, { at: systemClock.now(), by: 'desktop program' })
      if (aside === null) throw error
      await open(options.port)
      return undefined
    }
    if (isDesktop) throw new AppError('database.damaged', paramsOf(await examineDamage(data, migrations)))
  }
  const page = await serveRecovery({
    data,
    migrations,
    port: options.port,
    onRestored: (port) => void openOrRecover({ ...options, port }, open).catch(options.fail),
  })
  process.stdout.write(`BENCHSIDE_DAMAGED ${JSON.stringify({ url: page.url })}\n`)
  // Who started the host opens the address it names: a person is led to the page.
  process.stdout.write(`BENCHSIDE_READY ${JSON.stringify({ url: page.url })}\n`)
  return page
}
