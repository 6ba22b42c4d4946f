import { expect, it } from 'vitest'
import { openApi } from '../../../server/app/openapi.ts'
import { api } from '../../../shared/api.ts'

type Json = Record<string, unknown>
const document = openApi() as {
  openapi: string
  info: Json
  paths: Record<string, Record<string, Json>>
  components: { schemas: Record<string, Json>; securitySchemes: Json }
}
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)

function everyObject(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(everyObject)
  if (typeof value !== 'object' || value === null) return []
  return [value as Json, ...Object.values(value).flatMap(everyObject)]
}

it('describes every endpoint once', () => {
  expect(document.openapi).toBe('3.1.0')
  expect(document.info).toMatchObject({ title: 'Siteward', version: expect.stringMatching(/^\d+\.\d+\.\d+/) })
  expect(operations.map(({ operation }) => operation.operationId).sort()).toEqual(Object.keys(api).sort())
})

it('names every parameter of a path, and no other', () => {
  for (const { path, operation } of operations) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
    const parameters = (operation.parameters ?? []) as { name: string; in: string; required: boolean }[]
    const named = parameters.filter((parameter) => parameter.in === 'path')
    expect(
      named.map(({ name }) => name),
      path,
    ).toEqual(inPath)
    expect(
      named.every(({ required }) => required),
      path,
    ).toBe(true)
  }
})

it('says for each what is sent, what is answered and how it is refused', () => {
  for (const { method, operation } of operations) {
    const endpoint = api[operation.operationId as keyof typeof api]
    const { requestBody, responses } = operation as { requestBody?: Json; responses: Record<string, Json> }
    expect(requestBody !== undefined, String(operation.operationId)).toBe('body' in endpoint)
    expect(responses['output' in endpoint ? '200' : '204'], String(operation.operationId)).toBeDefined()
    expect(responses.default).toMatchObject({ content: { 'application/problem+json': {} } })
    expect(method === 'get' && requestBody).toBeFalsy()
  }
})

it('refers to nothing that is not there', () => {
  const references = everyObject(document).flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []))
  expect(references).toContain('#/components/schemas/Alert')
  for (const reference of references) {
    const name = reference.replace('#/components/schemas/', '')
    expect(document.components.schemas[name], reference).toBeDefined()
  }
})

it('has defaults and limits as they are parsed', () => {
  const sites = document.paths['/api/sites']?.get as { parameters: Json[] }
  expect(sites.parameters.find(({ name }) => name === 'limit')).toEqual({
    name: 'limit',
    in: 'query',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: 1000, default: 100 },
  })
})

it('says which endpoint needs no sign-in', () => {
  const open = operations.filter(({ operation }) => JSON.stringify(operation.security) === '[]')
  expect(open.map(({ operation }) => operation.operationId)).toEqual([
    'signIn',
    'demoSignIns',
    'signInOptions',
    'startProvider',
    'returnFromProvider',
    'installation',
    'monitorPage',
    'monitorIdentity',
    'monitorAddresses',
    'publicHotline',
    'publicHotlineData',
    'publicHotlineTable',
    'publicLetters',
    'publicLetter',
    'openDataPage',
    'openDataFile',
    'publicDocument',
  ])
})
