import type { Plugin } from 'vite'
import { api } from './shared/api.ts'
import type { Endpoint } from './shared/people/rights/endpoint.ts'

/**
 * Gives the browser where each endpoint is (`virtual:endpoints`) and nothing else of the contract: schemas are
 * parsed with at the server's edges, and zod would be a fifth of what the wall loads.
 */
export function endpoints(): Plugin {
  const name = 'virtual:endpoints'
  const resolved = `\0${name}`
  return {
    name: 'endpoints',
    resolveId: (id) => (id === name ? resolved : undefined),
    load(id) {
      if (id !== resolved) return undefined
      const all: [string, Endpoint][] = Object.entries(api)
      const places = all.map(([key, { method, path, takes }]) => [key, { method, path, takes }])
      return `export const endpoints = ${JSON.stringify(Object.fromEntries(places))}`
    },
  }
}
