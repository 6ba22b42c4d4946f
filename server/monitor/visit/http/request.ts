/** The fields that are the same in every request of a monitor, ready for the wire. */
export function fixedFields(userAgent: string): string {
  return [
    `User-Agent: ${userAgent}`,
    'Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'Accept-Language: zh-CN,zh;q=0.9,en;q=0.5',
    'Accept-Encoding: gzip, deflate, br',
    'Connection: close',
    '',
  ].join('\r\n')
}

export interface Validators {
  etag: string | null
  lastModified: string | null
}

/** Stored values come back from other people's servers; none of them may add a field or a second request. */
function field(name: string, value: string | null): string {
  return value ? `${name}: ${value.replace(/[\r\n\0]+/g, ' ')}\r\n` : ''
}

/** A GET for `url` as it goes over the wire, in latin-1. */
export function requestText(url: URL, fixed: string, validators: Validators | null, cookies: string): string {
  const conditions = validators
    ? field('If-None-Match', validators.etag) + field('If-Modified-Since', validators.lastModified)
    : ''
  const head = `GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\n`
  return `${head}${fixed}${conditions}${field('Cookie', cookies)}\r\n`
}
