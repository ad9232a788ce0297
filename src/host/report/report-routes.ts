import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Language } from '#contract/fields.ts'
import type { App } from '#core/app.ts'
import { program } from '../program.ts'
import { isFinished, reportPage, unknownReportPage } from './report-page.ts'

export interface ReportSource {
  readonly app: App
  /** The service report as PDF. */
  serviceReport(repairUid: string, language: Language): Promise<Uint8Array>
}

interface LinkParams {
  readonly uid: string
  readonly token: string
}

const perMinute = { config: { rateLimit: { max: 60, timeWindow: '1 minute' } } }

/** The repair a link leads to; null unless the token was given out for exactly this repair. */
function repairOf(app: App, { uid, token }: LinkParams) {
  if (!/^[\w-]{10,60}$/.test(token)) return null
  const { repair: linked } = app.run('post.repairOfLink', { token })
  if (linked?.uid !== uid) return null
  return {
    repair: app.run('repairs.get', { uid }, program),
    facts: app.run('notices.facts', { repairId: linked.id }, program),
  }
}

function send(reply: FastifyReply, status: number, html: string) {
  return reply
    .status(status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('x-robots-tag', 'noindex')
    .send(html)
}

/** `/r/<repair>/<token>` and the same with `.pdf`: the customer's own view of one repair (W13). */
export function reportRoutes(server: FastifyInstance, source: ReportSource): void {
  const { app } = source
  const unknown = (reply: FastifyReply) => send(reply, 404, unknownReportPage(['zh-CN', 'en']))

  server.get<{ Params: LinkParams }>('/r/:uid/:token', perMinute, async (request, reply) => {
    const found = repairOf(app, request.params)
    if (!found) return await unknown(reply)
    const { repair, facts } = found
    const { settings } = app.run('settings.get', {}, program)
    const html = reportPage({
      language: facts.language,
      shopName: settings.name,
      shopPhone: settings.phone,
      shopAddress: settings.address,
      timeZone: settings.timeZone,
      device: facts.device,
      repair,
      work: app.run('work.ofRepair', { repairId: repair.id }, program),
      parts: app.run('stock.ofRepair', { repairId: repair.id }, program),
      pdfPath: isFinished(repair.state) ? `${request.params.token}/report.pdf` : null,
    })
    return await send(reply, 200, html)
  })

  server.get<{ Params: LinkParams }>('/r/:uid/:token/report.pdf', perMinute, async (request, reply) => {
    const found = repairOf(app, request.params)
    if (!found || !isFinished(found.repair.state)) return await unknown(reply)
    const bytes = await source.serviceReport(found.repair.uid, found.facts.language)
    return await reply
      .header('content-type', 'application/pdf')
      .header('content-disposition', `inline; filename="${found.repair.number}.pdf"`)
      .header('cache-control', 'no-store')
      .send(Buffer.from(bytes))
  })
}
