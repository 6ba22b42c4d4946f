import type { ChannelSecrets } from '../../../base/secrets/stored.ts'

/** Where an address leads, without what makes it a key: `https://oapi.dingtalk.com/robot/…`. */
export function withoutKey(url: string | undefined): string {
  if (!url || !URL.canParse(url)) return ''
  const { origin, pathname, search } = new URL(url)
  const [first] = pathname.split('/').filter(Boolean)
  const hasMore = search !== '' || pathname.split('/').filter(Boolean).length > 1
  return `${origin}/${hasMore ? `${first ?? ''}/…` : ''}`
}

/** Takes everything secret out of what an endpoint said, which some repeat. */
export function hideSecrets(text: string, secrets: ChannelSecrets): string {
  const { url, secret, password } = secrets
  const keys = url && URL.canParse(url) ? keysOf(new URL(url)) : []
  return [url, secret, password, ...keys]
    .filter((part) => part !== undefined && part.length >= 6)
    .reduce<string>((rest, part) => rest.replaceAll(part as string, '…'), text)
}

function keysOf({ pathname, searchParams }: URL): string[] {
  return [...searchParams.values(), ...pathname.split('/').filter((part) => part.length >= 16)]
}
