import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { marked, Renderer, type Tokens } from 'marked'
import type { Plugin } from 'vite'
import type { Handbook } from './shared/people/handbook/handbook.ts'

/** A page of the handbook while it still names its pictures as the text does: the n-th as `\0n\0`. */
interface Drawn extends Handbook {
  readonly pictures: readonly string[]
}

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;')

/** px; what is higher is shown smaller. */
const MOST_HIGH = 416

/** px */
interface Size {
  readonly width: number
  readonly height: number
}

/**
 * How large a JPEG is, by its frame header: the first of its segments SOF0 to SOF15, but for the three of that range that are
 * something else.
 * @see ITU-T T.81, B.1.1.3 and B.2.2
 */
export function sizeOfJpeg(bytes: Buffer): Size {
  for (let at = 2; at + 9 <= bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes.readUInt16BE(at)
    if (marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)) {
      return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
    }
  }
  throw new Error('a picture of the handbook is no JPEG')
}

/**
 * Draws the text of a handbook: its first heading is the title, each further one a chapter that can be linked to.
 * @param sizeOf how large a picture is: its room is kept while it is not there yet, so that no chapter moves.
 */
export function drawHandbook(text: string, sizeOf: (file: string) => Size): Drawn {
  let title = ''
  const chapters: { id: string; text: string }[] = []
  const pictures: string[] = []
  const renderer = new Renderer()
  renderer.heading = ({ depth, text: words }: Tokens.Heading) => {
    if (depth === 1) {
      title = words
      return ''
    }
    const id = words.replace(/\s+/g, '-')
    chapters.push({ id, text: words })
    return `<h2 id="${escaped(id)}">${escaped(words)}</h2>\n`
  }
  // What is set apart is a key, or what is typed.
  renderer.codespan = ({ text: words }: Tokens.Codespan) => `<kbd>${escaped(words)}</kbd>`
  renderer.image = ({ href, text: words }: Tokens.Image) => {
    pictures.push(href)
    const whole = sizeOf(href)
    const scale = Math.min(1, MOST_HIGH / whole.height)
    const [width, height] = [Math.round(whole.width * scale), Math.round(whole.height * scale)]
    return `<img src="\0${pictures.length - 1}\0" width="${width}" height="${height}" alt="${escaped(words)}" loading="lazy">`
  }
  const html = marked.parse(text, { renderer, async: false })
  return { title, chapters, html, pictures }
}

/** Makes modules of the handbook's texts (`shared/locales/<language>/handbook/<role>.md`); their pictures are files of the build. */
export function handbook(): Plugin {
  return {
    name: 'handbook',
    load(id) {
      if (!/\/handbook\/\w+\.md$/.test(id)) return undefined
      this.addWatchFile(id)
      const sizeOf = (file: string) => sizeOfJpeg(readFileSync(join(dirname(id), file)))
      const { pictures, ...drawn } = drawHandbook(readFileSync(id, 'utf8'), sizeOf)
      const imports = pictures.map((file, n) => `import p${n} from ${JSON.stringify(`./${file}`)}`)
      const html = drawn.html
        .split('\0')
        .map((part, n) => (n % 2 === 0 ? JSON.stringify(part) : `p${part}`))
        .join(' + ')
      const { title, chapters } = drawn
      const code = `${imports.join('\n')}
export default { title: ${JSON.stringify(title)}, chapters: ${JSON.stringify(chapters)}, html: ${html} }`
      return { code, map: null, moduleType: 'js' }
    },
  }
}
