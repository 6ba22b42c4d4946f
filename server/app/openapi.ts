import { z } from 'zod'
import manifest from '../../package.json' with { type: 'json' }
import { api } from '../../shared/api.ts'
import { problem } from '../../shared/base/errors.ts'
import { person } from '../../shared/base/person.ts'
import { fact } from '../../shared/city/facts.ts'
import { alert, alertEvidence } from '../../shared/desk/alerts/alerts.ts'
import { progressReport } from '../../shared/desk/rectifications/progress.ts'
import { rectification } from '../../shared/desk/rectifications/rectifications.ts'
import { evidenceDetail, siteEvidence } from '../../shared/monitor/freshness/evidence.ts'
import { finding } from '../../shared/monitor/freshness/freshness.ts'
import { linkFinding, linkReport, linkScan } from '../../shared/monitor/links/links.ts'
import { siteFacts } from '../../shared/monitor/standing/facts.ts'
import { siteDetail, siteHistory } from '../../shared/monitor/standing/standing.ts'
import { auditEntry } from '../../shared/people/audit/audit.ts'
import { wallLink } from '../../shared/people/rights/api.ts'
import type { Endpoint } from '../../shared/people/rights/endpoint.ts'
import { user, userListItem } from '../../shared/people/rights/rights.ts'
import { district } from '../../shared/register/sites/api.ts'
import { site } from '../../shared/register/sites/sites.ts'

type Json = Record<string, unknown>

/** Schemas that get a name of their own in the document. */
const NAMED = {
  Alert: alert,
  AlertEvidence: alertEvidence,
  AuditEntry: auditEntry,
  District: district,
  Evidence: siteEvidence,
  EvidenceDetail: evidenceDetail,
  Fact: fact,
  Finding: finding,
  LinkFinding: linkFinding,
  LinkReport: linkReport,
  LinkScan: linkScan,
  Person: person,
  Problem: problem,
  Progress: progressReport,
  Rectification: rectification,
  Site: site,
  SiteDetail: siteDetail,
  SiteFacts: siteFacts,
  SiteHistory: siteHistory,
  User: user,
  UserListItem: userListItem,
  WallLink: wallLink,
}

const names = z.registry<{ id: string }>()
for (const [id, schema] of Object.entries(NAMED)) names.add(schema, { id })

let document: Json | undefined

/** The OpenAPI 3.1 description of `shared/api.ts`, from the schemas that the server parses with. */
export function openApi(): Json {
  document ??= describe(api)
  return document
}

function describe(endpoints: Record<string, Endpoint>): Json {
  const schemas: Record<string, unknown> = {}
  const paths: Record<string, Record<string, Json>> = {}
  for (const [name, endpoint] of Object.entries(endpoints)) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(name, endpoint, schemas) }
  }
  reference(problem, 'output', schemas)
  return {
    openapi: '3.1.0',
    info: { title: 'Siteward', version: manifest.version, description: manifest.description },
    paths,
    components: {
      schemas,
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: 'siteward.sid' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
    security: [{ cookie: [] }, { bearer: [] }],
  }
}

function operation(name: string, endpoint: Endpoint, schemas: Json): Json {
  const parameters = [
    ...parametersOf('path', endpoint.params, schemas),
    ...parametersOf('query', endpoint.query, schemas),
  ]
  return {
    operationId: name,
    tags: [endpoint.path.split('/')[2]],
    summary: endpoint.summary,
    ...(endpoint.needs === 'open' ? { security: [] } : {}),
    'x-needs': endpoint.needs,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(endpoint.body
      ? { requestBody: { required: true, content: bodyOf(endpoint, endpoint.body, schemas) } }
      : {}),
    responses: {
      ...(endpoint.output
        ? { 200: { description: 'Done', content: contentOf(endpoint, endpoint.output, schemas) } }
        : { 204: { description: 'Done' } }),
      default: {
        description: 'Refused or failed',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

function contentOf(endpoint: Endpoint, output: z.ZodType, schemas: Json): Json {
  return { [endpoint.media ?? 'application/json']: { schema: reference(output, 'output', schemas) } }
}

function bodyOf(endpoint: Endpoint, body: z.ZodType, schemas: Json): Json {
  return { [endpoint.takes ?? 'application/json']: { schema: reference(body, 'input', schemas) } }
}

function parametersOf(where: 'path' | 'query', object: z.ZodObject | undefined, schemas: Json): Json[] {
  if (!object) return []
  const { properties = {}, required = [] } = reference(object, 'input', schemas) as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema,
  }))
}

/** The JSON schema of `schema`; what it names is put among the document's schemas and referred to. */
function reference(schema: z.ZodType, io: 'input' | 'output', schemas: Json): Json {
  const { $schema, $defs, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    metadata: names,
    unrepresentable: 'any',
  }) as Json
  for (const [name, definition] of Object.entries(($defs as Json | undefined) ?? {})) {
    schemas[name] ??= inDocument(definition)
  }
  const id = names.get(schema)?.id
  if (id === undefined) return inDocument(rest) as Json
  schemas[id] ??= inDocument(rest)
  return { $ref: `#/components/schemas/${id}` }
}

/** `value` with references to definitions turned into references within the document. */
function inDocument(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inDocument)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      key === '$ref' && typeof part === 'string'
        ? part.replace(/^#\/\$defs\//, '#/components/schemas/')
        : inDocument(part),
    ]),
  )
}
