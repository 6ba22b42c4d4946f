import { readFileSync } from 'node:fs'
import { marked, Renderer, type Tokens } from 'marked'
import type { Plugin } from 'vite'
import type { Handbook } from './shared/people/handbook/handbook.ts'

/** A page of the handbook while it still names its pictures as the text does: the n-th as `\0n\0`. */
interface Drawn extends Handbook {
  readonly pictures: readonly string[]
}

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;')

/** Draws the text of a handbook: its first heading is the title, each further one a chapter that can be linked to. */
export function drawHandbook(text: string): Drawn {
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
    return `<img src="\0${pictures.length - 1}\0" alt="${escaped(words)}" loading="lazy">`
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
      const { pictures, ...drawn } = drawHandbook(readFileSync(id, 'utf8'))
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
