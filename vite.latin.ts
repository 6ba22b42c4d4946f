import type { Plugin } from 'vite'

/**
 * Raw texts, which are taken as they are written (one within another is taken apart: patterns, as all of ours are, mean the same
 * either way); signs behind a backslash; and what one-byte text cannot hold.
 */
const PIECES = /(String\.raw`[^`]*`)|\\?[^\0-\xff]|\\[\s\S]/g

function escaped(piece: string, raw?: string): string {
  const sign = piece.at(-1) ?? ''
  return raw !== undefined || sign <= '\xff'
    ? piece
    : `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** The same program in signs of one byte. */
export const toLatin = (code: string): string => code.replace(PIECES, escaped)

/**
 * Writes signs beyond Latin-1 as escapes. V8 keeps the text of a program for as long as it runs, and a single one of them doubles
 * what all of it takes; a file that is full of them would be no smaller.
 */
export function latin(): Plugin {
  return {
    name: 'latin',
    apply: 'build',
    generateBundle: {
      // Whoever prints the program after this would write the signs themselves.
      order: 'post',
      handler(_, bundle) {
        for (const chunk of Object.values(bundle)) {
          if (chunk.type !== 'chunk') continue
          const written = toLatin(chunk.code)
          // A program that this has spoilt is not to be written.
          this.parse(written)
          if (written.length < 2 * chunk.code.length) chunk.code = written
        }
      },
    },
  }
}
