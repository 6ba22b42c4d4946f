import type { Plugin } from 'vite'

const LOCALE_FILE = /\/web\/locales\/[\w-]+\.ts$/
const ONLY = /\?only=(zh-CN|en)$/

interface Node {
  type: string
  start: number
  end: number
  [key: string]: unknown
}

/**
 * `desk.ts?only=en` is `desk.ts`, and all it gathers, with English alone: both languages lie side by side in the source,
 * and a browser loads the one that it shows.
 */
export function oneLanguage(): Plugin {
  return {
    name: 'one-language',
    enforce: 'pre',
    async resolveId(source, importer) {
      const only = ONLY.exec(importer ?? '')
      if (!only || !importer || source.endsWith('/words.ts')) return undefined
      const found = await this.resolve(source, importer.replace(ONLY, ''), { skipSelf: true })
      return found && LOCALE_FILE.test(found.id) ? `${found.id}${only[0]}` : found
    },
    transform: {
      // Of plain JavaScript: the types are gone by then.
      order: 'post',
      handler(code, id) {
        const only = ONLY.exec(id)?.[1]
        if (!only || !LOCALE_FILE.test(id.replace(ONLY, ''))) return undefined
        return { code: without(code, only === 'en' ? 0 : 1, this.parse(code) as unknown as Node), map: null }
      },
    },
  }
}

/** The code with nothing in one place of each `words(zh, en)`. */
function without(code: string, place: number, tree: Node): string {
  const [call] = callsOf(tree)
  const dropped = (call?.arguments as Node[] | undefined)?.[place]
  return dropped ? `${code.slice(0, dropped.start)}{}${code.slice(dropped.end)}` : code
}

function callsOf(node: unknown): Node[] {
  if (Array.isArray(node)) return node.flatMap(callsOf)
  if (node === null || typeof node !== 'object') return []
  const { type, callee } = node as Node & { callee?: { name?: string } }
  if (type === 'CallExpression' && callee?.name === 'words') return [node as Node]
  return Object.values(node).flatMap(callsOf)
}
