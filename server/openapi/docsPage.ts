/** The page at /docs: the OpenAPI document for people. */
import type { OpenApi } from './createOpenApi'
import type { Operation } from './operations'
import { COVER_MAX_BYTES, PICTURE_MAX_BYTES } from '../../shared/protocol/rest'
import { DOCS_STYLE } from './docsStyle'
import { escapeHtml as text } from './html'
import { OPERATIONS } from './operations'

interface JsonSchema {
  readonly $ref?: string
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly items?: JsonSchema
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
}

/** Doors that are not REST, and so not in the document. */
const OTHER_DOORS = [
  ['ws(s)://…/ws?token=', 'Chat: JSON frames, each an array of messages. Say <code>hello</code>, then <code>join</code> a room.'],
  ['rtmp://…/live/&lt;streamId&gt;?…', 'Publish and play by RTMP, signed. OBS takes <code>rtmpServer</code> and <code>rtmpKey</code>.'],
  ['/live/&lt;streamId&gt;.flv?…', 'Play as HTTP-FLV, or over a WebSocket on the same path.'],
  ['/whip/&lt;streamId&gt;?…', 'Publish from a browser by WebRTC (RFC 9725). With <code>after=&lt;sessionId&gt;</code>, the session one had before, it is refused (409 <code>REPLACED</code>) when another client took the stream over meanwhile.'],
  ['/whep/&lt;streamId&gt;?…', 'Play by WebRTC.'],
  ['/pictures/&lt;file&gt;', `Pictures of people, at most ${PICTURE_MAX_BYTES / 1024} KB each.`],
  ['/callbacks/wechat', 'Where WeChat tells news by itself (message push), signed.'],
  ['/covers/&lt;file&gt;', `Cover pictures, at most ${COVER_MAX_BYTES / 1024} KB each.`],
  ['/r/&lt;roomId&gt;', 'A short link into the app.'],
  ['/healthz, /metrics', 'For those who operate it.'],
]

/** `origin` is what the examples call, e.g. `http://192.168.1.7:8080`. */
export function docsPage(document: OpenApi, origin: string): string {
  const schemas = Object.entries(document.components.schemas as Record<string, JsonSchema>)
  const tags = [...new Set(OPERATIONS.map(({ tag }) => tag))]
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Lianmai API</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='6' fill='%23ff7d68'/%3E%3C/svg%3E">
<style>${DOCS_STYLE}</style>
</head>
<body>
<div class="frame">
<nav>
<a class="mark" href="/">Lianmai</a>
${tags.map(tag => `<h2>${tag}</h2>${OPERATIONS.filter(operation => operation.tag === tag).map(({ id, summary }) => `<a href="#${id}">${text(summary)}</a>`).join('')}`).join('\n')}
<h2>Schemas</h2>${schemas.map(([name]) => `<a href="#${name}">${name}</a>`).join('')}
<h2>More</h2><a href="#doors">Other doors</a><a href="/api/openapi.json">openapi.json</a>
</nav>
<main>
<h1>Lianmai API</h1>
<p class="lead">${text(document.info.description)}</p>
<p>Open a session, and send its token as <code>Authorization: Bearer &lt;token&gt;</code> where a session is asked for.</p>
${tags.map(tag => `<h2>${tag}</h2>\n${OPERATIONS.filter(operation => operation.tag === tag).map(operation => operationCard(operation, origin)).join('\n')}`).join('\n')}
<h2>Schemas</h2>
${schemas.map(([name, schema]) => `<article id="${name}"><h3>${name}</h3>${fields(schema)}</article>`).join('\n')}
<h2 id="doors">Other doors</h2>
<article><table>${OTHER_DOORS.map(([door, about]) => `<tr><td><code>${door}</code></td><td>${about}</td></tr>`).join('')}</table></article>
</main>
</div>
</body>
</html>
`
}

function operationCard(operation: Operation, origin: string): string {
  const { id, method, path, summary, about, session, query = {}, body, status, answer, errors } = operation
  const sessions = { none: 'no session', optional: 'session optional', required: 'session required' }
  return `<article id="${id}">
<h3>${text(summary)}</h3>
<div class="route"><span class="method ${method}">${method}</span><code>${text(path)}</code><span class="session">${sessions[session]}</span></div>
${about ? `<p>${text(about)}</p>` : ''}
${Object.keys(query).length > 0 ? `<div class="label">Query</div><table>${Object.entries(query).map(([name, meaning]) => `<tr><td><code>${name}</code></td><td>${text(meaning)}</td></tr>`).join('')}</table>` : ''}
<table><tr><th>Body</th><th>Answer</th></tr><tr><td class="type">${body === undefined ? 'none' : body === 'picture' ? 'the picture' : link(body)}</td><td class="type">${status} ${answer === 'picture' ? 'the picture' : link(answer)}</td></tr></table>
<pre>${text(curl(operation, origin))}</pre>
<div class="label">May fail with</div><div class="errors">${errors.map(code => `<code>${code}</code>`).join('')}</div>
</article>`
}

function curl({ method, path, session, body, bodyExample }: Operation, origin: string): string {
  const lines = [`curl${method === 'get' ? '' : ` -X ${method.toUpperCase()}`} ${origin}${path.replace('{id}', '$ROOM')}`]
  if (session === 'required')
    lines.push('-H "Authorization: Bearer $TOKEN"')
  if (body === 'picture')
    lines.push('--data-binary @cover.jpg')
  else if (body)
    lines.push('-H "Content-Type: application/json"', `-d '${JSON.stringify(bodyExample)}'`)
  return lines.join(' \\\n  ')
}

function fields(schema: JsonSchema): string {
  if (!schema.properties)
    return `<p class="type">${typeName(schema)}</p>`
  const rows = Object.entries(schema.properties).map(([name, property]) =>
    `<tr><td><code>${text(name)}</code>${schema.required?.includes(name) ? '' : ' <span class="type">optional</span>'}</td><td class="type">${typeName(property)}</td></tr>`)
  return `<table>${rows.join('')}</table>`
}

function typeName(schema: JsonSchema): string {
  if (schema.$ref)
    return link(schema.$ref.split('/').at(-1)!)
  if (schema.anyOf ?? schema.oneOf)
    return (schema.anyOf ?? schema.oneOf)!.map(typeName).join(' or ')
  if (schema.const !== undefined)
    return `<code>${text(JSON.stringify(schema.const))}</code>`
  if (schema.enum)
    return schema.enum.map(value => `<code>${text(String(value))}</code>`).join(', ')
  if (schema.type === 'array')
    return `list of ${typeName(schema.items ?? {})}`
  if (schema.properties)
    return `{ ${Object.entries(schema.properties).map(([name, property]) => `${text(name)}: ${typeName(property)}`).join(', ')} }`
  return `${schema.type ?? 'anything'}${bounds(schema)}`
}

function bounds({ minLength, maxLength, minimum, maximum }: JsonSchema): string {
  if (maxLength !== undefined)
    return `, ${minLength ?? 0} to ${maxLength} characters`
  if (maximum !== undefined)
    return `, ${minimum ?? 0} to ${maximum}`
  return ''
}

function link(name: string): string {
  return `<a href="#${name}">${name}</a>`
}
