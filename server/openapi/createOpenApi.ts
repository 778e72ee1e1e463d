import type { Operation, SchemaName } from './operations'
import { toJsonSchemaDefs } from '@valibot/to-json-schema'
import { OPERATIONS, SCHEMAS } from './operations'

const REF = '#/components/schemas/'
const PICTURES = ['image/jpeg', 'image/png', 'image/webp']

export type OpenApi = ReturnType<typeof createOpenApi>

/** The REST API as an OpenAPI 3.1 document, made from the schemas that the server and the app parse with. */
export function createOpenApi(version: string) {
  const paths: Record<string, Record<string, object>> = {}
  for (const operation of OPERATIONS)
    (paths[operation.path] ??= {})[operation.method] = describe(operation)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Lianmai',
      version,
      description: 'Live rooms: sessions, rooms, and where their streams go. Times are unix milliseconds. Every error is an ApiError; every answer carries X-Request-Id.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    paths,
    components: {
      schemas: toJsonSchemaDefs(SCHEMAS, {
        target: 'draft-2020-12',
        errorMode: 'ignore',
        ignoreActions: ['transform'], // trimming changes nothing that a schema could say
        overrideRef: ({ referenceId }) => `${REF}${referenceId}`,
      }),
      securitySchemes: { session: { type: 'http', scheme: 'bearer', description: 'The token of POST /api/sessions.' } },
    },
  }
}

function describe({ id, tag, summary, about, session, path, query = {}, body, bodyExample, status, answer, errors }: Operation): object {
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(about && { description: about }),
    ...(session !== 'none' && { security: session === 'required' ? [{ session: [] }] : [{ session: [] }, {}] }),
    parameters: [
      ...(path.includes('{id}') ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }] : []),
      ...Object.entries(query).map(([name, description]) => ({ name, in: 'query', description, schema: { type: 'string' } })),
    ],
    ...(body && { requestBody: { required: true, content: contentOf(body, bodyExample) } }),
    responses: {
      [status]: { description: `A ${answer}`, content: contentOf(answer) },
      default: { description: `An ApiError: ${errors.join(', ')}`, content: { 'application/json': { schema: ref('ApiError') } } },
    },
  }
}

function contentOf(body: SchemaName | 'picture', example?: object): object {
  if (body === 'picture')
    return Object.fromEntries(PICTURES.map(type => [type, { schema: { type: 'string', format: 'binary' } }]))
  return { 'application/json': { schema: ref(body), ...(example && { example }) } }
}

function ref(name: SchemaName): object {
  return { $ref: `${REF}${name}` }
}
