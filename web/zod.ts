/**
 * Stands in for zod in the browser (`resolve.alias` in vite.config.ts). Schemas are parsed with at the server's
 * edges; here only their types and the tables that mention them are wanted, and zod would be a fifth of what the
 * wall loads (25 KB compressed). Building a schema is harmless, parsing with one is an error that says so.
 */
const PARSERS = new Set<string | symbol>(['parse', 'safeParse', 'parseAsync', 'safeParseAsync', 'options'])

const inert: unknown = new Proxy(() => inert, {
  get(_, key) {
    if (PARSERS.has(key)) throw new TypeError(`schemas are not there in the browser: .${String(key)}`)
    return inert
  },
})

export const z = inert
