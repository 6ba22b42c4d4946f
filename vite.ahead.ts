import { fileURLToPath } from 'node:url'
import type { Plugin, Rolldown } from 'vite'

/** Asks what every page begins with. */
const EARLY = fileURLToPath(new URL('./web/app/early.ts', import.meta.url))

/** A page of the program by itself, sent at the path of its name; every other path is sent `index.html`. */
interface Entry {
  readonly fileName: string
  /** Modules that are shown first there, and load the rest. */
  readonly shows: readonly string[]
}

const ENTRIES: readonly Entry[] = [
  { fileName: 'index.html', shows: ['web/app/shell/AppShell.vue'] },
  { fileName: 'wall.html', shows: ['web/pages/city/WallPage.vue'] },
]

/**
 * Lets a browser ask for the scripts and styles of what it will show first together with the program, and not when the program
 * has been read: on a slow computer that is half a second later. So too for the first questions to the server.
 */
export function ahead(): Plugin {
  return {
    name: 'ahead',
    apply: 'build',
    enforce: 'post',
    buildStart() {
      this.emitFile({ type: 'chunk', id: EARLY, name: 'early' })
    },
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const page = bundle['index.html']
        if (page?.type !== 'asset') throw new Error('the build has no index.html')
        const chunks = Object.values(bundle).filter((one) => one.type === 'chunk')
        const early = chunks.find(({ facadeModuleId }) => facadeModuleId === EARLY)
        if (!early || early.imports.length > 0) throw new Error('what is asked early waits for nothing')
        const script = `<script type="module" async crossorigin fetchpriority="high" src="/${early.fileName}"></script>`
        // After the program's own, which a page is known by.
        const html = String(page.source).replace('</script>', `</script>\n    ${script}`)
        for (const { fileName, shows } of ENTRIES) {
          const source = withLinks(html, filesOf(chunks, shows))
          if (fileName === page.fileName) page.source = source
          else this.emitFile({ type: 'asset', fileName, source })
        }
      },
    },
  }
}

/** The files that modules need to be shown: the scripts that hold them, what those import, and the styles of all. */
function filesOf(chunks: readonly Rolldown.OutputChunk[], modules: readonly string[]): Set<string> {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  const files = new Set(
    modules.map((path) => {
      const holder = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(`/${path}`)))
      if (!holder) throw new Error(`no script holds ${path}`)
      return holder.fileName
    }),
  )
  // A set is walked in the order of insertion, also over what is added on the way.
  for (const name of files) for (const one of byName.get(name)?.imports ?? []) files.add(one)
  for (const name of [...files])
    for (const one of byName.get(name)?.viteMetadata?.importedCss ?? []) files.add(one)
  return files
}

/** The page with links to files that it does not name yet. */
function withLinks(html: string, files: Iterable<string>): string {
  const links = [...files]
    .filter((name) => !html.includes(`/${name}"`))
    .map((name) =>
      name.endsWith('.css')
        ? `<link rel="preload" as="style" crossorigin href="/${name}">`
        : `<link rel="modulepreload" crossorigin href="/${name}">`,
    )
  return html.replace('  </head>', `${links.map((link) => `    ${link}\n`).join('')}  </head>`)
}
