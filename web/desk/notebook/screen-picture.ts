import { NOTE_PICTURE_TYPES } from '../../../shared/desk/notebook/notebook-rules.ts'

/** What a browser that cannot write it writes instead, PNG, is taken as well. */
const TYPE = NOTE_PICTURE_TYPES[2]

/**
 * A picture of what the window shows, dialogs left out.
 * @throws where the browser cannot draw one
 */
export async function screenPicture(): Promise<File> {
  const { domToBlob } = await import('modern-screenshot')
  const type = await loadedType()
  const { innerWidth: width, innerHeight: height, scrollX, scrollY } = window
  const blob = await domToBlob(document.body, {
    ...{ width, height, type: TYPE, quality: 0.85, scale: Math.min(2, devicePixelRatio) },
    backgroundColor: getComputedStyle(document.body).backgroundColor,
    style: { margin: '0', transform: `translate(${-scrollX}px, ${-scrollY}px)`, transformOrigin: '0 0' },
    filter: (node) => !(node instanceof HTMLDialogElement),
    // Given by us: its own way needs a style in the page, which our policy forbids.
    font: false,
    onCreateForeignObjectSvg: (svg) => {
      const style = document.createElementNS(svg.namespaceURI, 'style')
      style.textContent = type
      svg.prepend(style)
    },
  })
  const end = blob.type.split('/')[1] ?? 'png'
  return new File([blob], `screen.${end}`, { type: blob.type })
}

/** The type that this page has loaded, with what it holds: of Chinese type a hundredth part of what there is. */
async function loadedType(): Promise<string> {
  const loaded = new Set(performance.getEntriesByType('resource').map(({ name }) => name))
  const rules = [...document.styleSheets]
    .flatMap((sheet) => rulesOf(sheet))
    .flatMap((rule) => {
      const address = addressIn(rule)
      return address && loaded.has(address.href) ? [{ rule, ...address }] : []
    })
  const texts = rules.map(async ({ rule, href, written }) =>
    rule.cssText.replace(written, await dataAddress(href)),
  )
  return (await Promise.all(texts)).join('\n')
}

function rulesOf(sheet: CSSStyleSheet): CSSFontFaceRule[] {
  return [...sheet.cssRules].filter((rule) => rule instanceof CSSFontFaceRule)
}

function addressIn(rule: CSSFontFaceRule): { href: string; written: string } | null {
  const written = /url\("?([^")]+)"?\)/.exec(rule.cssText)?.[1]
  const base = rule.parentStyleSheet?.href ?? location.href
  return written ? { written, href: new URL(written, base).href } : null
}

async function dataAddress(href: string): Promise<string> {
  const blob = await (await fetch(href)).blob()
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(blob)
  })
}
