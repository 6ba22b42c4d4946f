/*
 * What is run in a page that is drawn, as functions of their own text: nothing from outside them is there. A page may have put
 * anything in the place of what they call, so whatever they answer is looked at like anything that a page says.
 */

/** Before any script of the page: no windows, no way around the proxy, and nothing shown where no look from outside comes. */
export function shutDoors(): void {
  const gone = [
    'RTCPeerConnection',
    'webkitRTCPeerConnection',
    'WebTransport',
    'SharedWorker',
    'print',
    'Notification',
  ]
  for (const name of gone) Reflect.deleteProperty(window, name)
  window.open = () => null
  const { attachShadow } = Element.prototype
  Element.prototype.attachShadow = function (init) {
    return attachShadow.call(this, { ...init, mode: 'open' })
  }
}

/** By what it is seen whether a page still changes. */
export function sizeNow(): number {
  return document.documentElement?.innerHTML.length ?? 0
}

/** A screen further down. */
export function scrollOn(): void {
  window.scrollBy({ top: Math.max(600, window.innerHeight), behavior: 'instant' })
}

/** Nothing is further down. */
export function isAtEnd(): boolean {
  return window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 2
}

/**
 * The page as it stands, without scripts and what is no part of it. Pages within it are marked by their places (`data-inner`),
 * which is where they stand among those that the browser knows. What is longer than `most` is cut, so that one can tell.
 */
export function standing(most: number): string {
  const whole = document.documentElement.cloneNode(true) as Element
  for (const one of whole.querySelectorAll('script, noscript, template')) one.remove()
  return `<!DOCTYPE html>\n${whole.outerHTML}`.slice(0, most + 1)
}

/** Outlines what is asked for and brings it into the middle of the screen; false when it is not there. */
export function outline({
  href,
  text,
  selector,
}: {
  href?: string
  text?: string
  selector?: string
}): boolean {
  // What is covered in it may be anything.
  const wanted =
    text === undefined
      ? []
      : text
          .replace(/\s+/g, '')
          .slice(0, 40)
          .split(/\*{2,}/)
  let found: Element | undefined
  if (selector !== undefined) found = document.querySelector(selector) ?? undefined
  for (const one of href === undefined
    ? []
    : document.querySelectorAll<HTMLAnchorElement>('a[href], area[href]')) {
    if (found === undefined && (one.href === href || one.getAttribute('href') === href)) found = one
  }
  if (found === undefined && wanted.some((piece) => piece !== '')) {
    // Those within others come after them: the last that has it all is the smallest.
    for (const one of document.body?.querySelectorAll('*') ?? []) {
      if (/^(?:SCRIPT|STYLE|OPTION)$/.test(one.tagName)) continue
      const all = (one.textContent ?? '').replace(/\s+/g, '')
      let from = 0
      for (const piece of wanted) {
        const at = from < 0 ? -1 : all.indexOf(piece, from)
        from = at < 0 ? -1 : at + piece.length
      }
      if (from >= 0) found = one
    }
  }
  if (!(found instanceof HTMLElement)) return false
  found.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' })
  found.style.setProperty('outline', '3px solid #d4380d', 'important')
  found.style.setProperty('outline-offset', '3px', 'important')
  return true
}
