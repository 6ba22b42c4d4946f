import { readFileSync } from 'node:fs'

const css = readFileSync(new URL('../../web/base/styles/tokens.css', import.meta.url), 'utf8')

/**
 * The colours of one theme, by name, and those that are called after one of them. Such a name must stand in the theme's own
 * block: elsewhere it would be what the page's theme makes of it, and the wall has a theme of its own.
 */
export function colours(theme: string): Map<string, string> {
  const block = new RegExp(`\\[data-theme="${theme}"\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? ''
  const own = new Map(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, hex]) => [name!, hex!]),
  )
  const called = [...block.matchAll(/--([\w-]+): var\(--([\w-]+)\)/g)]
  return new Map([...own, ...called.map(([, name, of]) => [name!, own.get(of!)!] as const)])
}

/** WCAG 2: (L1 + 0.05) / (L2 + 0.05). */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light! + 0.05) / (dark! + 0.05)
}

/** Relative, 0 to 1, as WCAG 2 reckons it. */
export function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}
