import { textsIn } from '../../html/script-text.ts'
import type { Styled } from './css/sheet.ts'

/*
 * Elements that scripts open and leave open for what stands behind them: `document.write('<div style="display:none">')`, links, and
 * `document.write('</div>')`.
 */

/** What a script has opened around an element. */
export interface Wrap extends Styled {
  /** What it stands in itself: that ends it, if no script does. */
  readonly within: Styled | null
  readonly outer: Wrap | null
}

/** Characters of a script that does no more, such scripts of a page, and elements that one leaves open. */
const MOST_SCRIPT = 4_000
const MOST_SCRIPTS = 200
const MOST_OPEN = 5
/** Characters of HTML that one writes. */
const MOST_HTML = 20_000

const WRITES = /\bwrite(?:ln)?\s{0,9}\(\s{0,9}$/
const MOST_BEFORE = 60
const TAG = /<(\/?)([a-z][a-z0-9]{0,20})\b([^<>]{0,500})>/gi
/** Each with its value, so that none is looked for within another's: `aria-hidden`, `title="hidden"`. */
const ATTRIBUTE = /([^\s=<>"'/]{1,60})(?:\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g
const OF_LOOKS = new Set(['id', 'class', 'style', 'hidden'])
/** What has no end. */
const EMPTY = /^(?:br|img|input|link|meta|hr|area|base|col|embed|source|track|wbr|param)$/i

/** What scripts of a page have opened and not closed, as the page is gone through. */
export class Wraps {
  #left = MOST_SCRIPTS
  #last: Wrap | null = null

  /** The innermost of what is open. */
  get last(): Wrap | null {
    return this.#last
  }

  /** What a script writes. @param within what the script stands in */
  write(script: string, within: Styled | null): void {
    if (this.#left <= 0 || script.length > MOST_SCRIPT || !/\bwrite/.test(script)) return
    this.#left--
    const opened: Wrap[] = []
    for (const [, end, name = '', rest = ''] of writtenIn(script).matchAll(TAG)) {
      const tag = name.toLowerCase()
      if (EMPTY.test(tag) || rest.endsWith('/')) continue
      if (end === '') opened.push(wrapOf(tag, rest, within))
      else if (opened.length > 0) opened.pop()
      else if (this.#last?.tag === tag) this.#last = this.#last.outer
    }
    for (const wrap of opened.slice(0, MOST_OPEN)) this.#last = { ...wrap, outer: this.#last }
  }

  /** An element ends, and with it what was opened in it. */
  end(element: Styled): void {
    while (this.#last && this.#last.within === element) this.#last = this.#last.outer
  }
}

/** Whether any of what was opened around something is so; each is asked once. */
export function asksOnce(isSo: (wrap: Wrap) => boolean): (wrap: Wrap | null) => boolean {
  const known = new Map<Wrap, boolean>()
  const ask = (wrap: Wrap | null): boolean => {
    if (!wrap) return false
    const said = known.get(wrap) ?? (isSo(wrap) || ask(wrap.outer))
    known.set(wrap, said)
    return said
  }
  return ask
}

/** The HTML that a script writes. */
function writtenIn(script: string): string {
  let html = ''
  let isPut = false
  for (const { text, from } of textsIn(script)) {
    const before = script.slice(Math.max(0, from - MOST_BEFORE), from).trimEnd()
    isPut = WRITES.test(before) || (isPut && before.endsWith('+'))
    if (isPut && html.length < MOST_HTML) html += text
  }
  return html
}

function wrapOf(tag: string, rest: string, within: Styled | null): Wrap {
  const attributes: Record<string, string> = {}
  for (const [, name = '', ...values] of rest.matchAll(ATTRIBUTE)) {
    if (OF_LOOKS.has(name.toLowerCase()))
      attributes[name.toLowerCase()] ??= values.find((one) => one !== undefined) ?? ''
  }
  return {
    ...{ tag, attributes, within, parent: within, previous: null, nth: 1, nthFromEnd: 1, outer: null },
    id: attributes.id ?? '',
    classes: attributes.class?.split(/\s+/).filter(Boolean) ?? [],
  }
}
