import type { FastifyInstance, FastifyRequest } from 'fastify'
import { languages, type Language } from '#contract/fields.ts'
import type { App } from '#core/app.ts'
import { plainPort, settingsOf } from '../transport/lan.ts'
import type { Network } from '../transport/sharing.ts'
import { trustPage } from './trust-page.ts'

const perMinute = { config: { rateLimit: { max: 60, timeWindow: '1 minute' } } }

/** The language asked for, else the browser's first one that we speak, else the shop's. */
function languageOf(request: FastifyRequest, shops: Language): Language {
  const asked = (request.query as { lang?: unknown }).lang
  const chosen = languages.find((one) => one === asked)
  if (chosen) return chosen
  const spoken = (request.headers['accept-language'] ?? '').split(',').map((part) => part.trim().slice(0, 2))
  for (const two of spoken) {
    const ours = languages.find((one) => one.slice(0, 2) === two.toLowerCase())
    if (ours) return ours
  }
  return shops
}

/** `/trust` and the certificate it leads to: in plain HTTP too, because a tablet trusts nothing before it was here. */
export function trustRoutes(
  server: FastifyInstance,
  app: App,
  network: Pick<Network, 'authority' | 'usualPort'>,
): void {
  server.get('/trust', perMinute, async (request, reply) => {
    const settings = settingsOf(app)
    const known = settings === null ? null : network.authority()
    const host = URL.parse(`http://${request.headers.host ?? ''}`)?.hostname ?? ''
    const page = trustPage({
      language: languageOf(request, settings?.defaultLanguage ?? 'en'),
      shopName: settings?.name ?? 'Benchside',
      sha256: known?.sha256 ?? null,
      secureUrl: settings?.lanHttps ? `https://${host}:${plainPort(settings, network.usualPort) + 1}/` : null,
    })
    return await reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(page)
  })

  server.get('/trust/benchside.crt', perMinute, async (_request, reply) => {
    const known = network.authority()
    if (!known) return await reply.status(404).send()
    return await reply
      .header('content-type', 'application/x-x509-ca-cert')
      .header('content-disposition', 'attachment; filename="benchside.crt"')
      .header('cache-control', 'no-store')
      .send(known.der)
  })
}
