/**
 * As whom a page is opened when it is drawn: as the browser that it is, and as who sent it.
 * @param version of the browser, as `147.0.7727.15`.
 */
export const drawnAs = (version: string, userAgent: string): string =>
  `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version} Safari/537.36 ${userAgent}`
