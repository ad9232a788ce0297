import { contract } from '#contract/index.ts'

let made: Promise<object> | undefined

/** The OpenAPI document for the shop's other systems; made on first demand, because few shops ask. */
export function openApiDocument(version: string): Promise<object> {
  made ??= generate(version)
  return made
}

async function generate(version: string): Promise<object> {
  const { OpenAPIGenerator } = await import('@orpc/openapi')
  const { ZodToJsonSchemaConverter } = await import('@orpc/zod/zod4')
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  return await generator.generate(contract, {
    info: { title: 'Benchside', version },
    servers: [{ url: '/api' }],
  })
}
