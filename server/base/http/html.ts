import { createHash } from 'node:crypto'
import type { Response } from 'express'

/*
 * Pages that the server writes itself, for whoever has no script or no sign-in: markup from templates that escape what is
 * put into them, one style sheet, and a policy that lets nothing else run or load.
 */

/** Markup that is safe to send. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Part = string | number | Html | null | false | readonly Part[]

/** A piece of markup; whatever text is put into it is shown as it is. */
export const html = (pieces: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(pieces.reduce((all, piece, at) => all + written(parts[at - 1] ?? null) + piece))

function written(part: Part): string {
  if (part === null || part === false) return ''
  if (part instanceof Html) return part.text
  if (typeof part === 'object') return part.map(written).join('')
  return String(part).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

interface PublicPage {
  /** BCP 47. */
  readonly locale: string
  readonly title: string
  readonly description: string
  readonly body: Html
}

/** A whole page in the public's style. */
export const publicPage = ({ locale, title, description, body }: PublicPage): string =>
  html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${description}">
<title>${title}</title>
<style>${new Html(PUBLIC_STYLE)}</style>
</head>
<body>${body}</body>
</html>`.text

/** Colours are those of the desk (`web/base/styles/tokens.css`), in either theme as the reader's device has it. */
export const PUBLIC_STYLE = `
:root{--bg:#f4f5f7;--surface:#fff;--text:#16191d;--text-2:#4d5661;--line:#d5dae0;--accent:#0b5cad;--bad:#a83200}
@media (prefers-color-scheme:dark){:root{--bg:#0f1317;--surface:#171c22;--text:#e8ecf0;--text-2:#a9b3be;--line:#323b45;--accent:#7db8f5;--bad:#ff9d6e}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);font:1rem/1.6 "PingFang SC","HarmonyOS Sans SC","Microsoft YaHei","Noto Sans CJK SC",system-ui,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:64rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{margin:0 0 .5rem;font-size:1.625rem;line-height:1.3}
h2{margin:2rem 0 .5rem;font-size:1.125rem}
p{margin:.5rem 0}
a{color:var(--accent)}
a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.hint{color:var(--text-2)}
.top{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.5rem 1.5rem;color:var(--text-2)}
.sums{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem;margin:1rem 0;padding:0;list-style:none}
.sums li{padding:.75rem 1rem;border:1px solid var(--line);border-radius:8px;background:var(--surface)}
.sums b{display:block;font-size:1.75rem;line-height:1.2}
.sums small,td small{display:block;color:var(--text-2)}
table{width:100%;border-collapse:collapse;background:var(--surface);border:1px solid var(--line)}
th,td{padding:.5rem .75rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
th{color:var(--text-2);font-weight:500}
.n{text-align:right}
tr:target{outline:2px solid var(--accent);outline-offset:-2px}
.bad{color:var(--bad)}
.months{display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:0;list-style:none}
dt{margin-top:.5rem;font-weight:600}
dd{margin:0;color:var(--text-2)}
.cut{overflow-wrap:anywhere}
.said{padding:.75rem 1rem;border:1px solid var(--line);border-radius:8px;background:var(--surface);white-space:pre-wrap;overflow-wrap:anywhere}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.25rem 1.5rem}
summary{padding:.25rem 0;color:var(--accent);cursor:pointer}
@media (max-width:40rem){
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table,tbody,tr,td,tbody th{display:block}
tr{padding:.5rem 0;border-bottom:1px solid var(--line)}
td,tbody th{display:flex;justify-content:space-between;gap:1rem;padding:.2rem .75rem;border:0;text-align:right}
td::before,tbody th::before{content:attr(data-label);flex:none;color:var(--text-2);font-weight:400}
tbody th{color:var(--text);font-weight:600}
}`

/**
 * For pages whose one sheet of styles is `style`: says of an answer that it is such a page, in which nothing runs, nothing
 * is loaded (pictures are in it), and from which nothing is sent.
 */
export function pagesIn(style: string): (res: Response) => void {
  const hash = createHash('sha256').update(style).digest('base64')
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`
  return (res) => {
    res.setHeader('Content-Security-Policy', policy)
    res.setHeader('X-Content-Type-Options', 'nosniff')
    res.type('html')
  }
}

/** Says of an answer that it is a page in the public's style. */
export const asPublicPage = pagesIn(PUBLIC_STYLE)
